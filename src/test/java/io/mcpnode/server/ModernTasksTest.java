package io.mcpnode.server;

import static io.mcpnode.server.TaskRig.code;
import static io.mcpnode.server.TaskRig.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ClientErrorException;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks as the extension of 2026-07-28 knows them, and what becomes of them when nodes go. */
class ModernTasksTest {

  private static final String WHO = "anonymous";

  private final TaskRig rig = new TaskRig();

  private FakeClient about(String method, String task) {
    return rig.modern(WHO, method, "{'taskId':'" + task + "'}");
  }

  private JsonNode get(String task) {
    return rig.get(WHO, task);
  }

  private FakeClient update(String task, String responses) {
    return rig.modern(
        WHO, "tasks/update", "{'taskId':'" + task + "','inputResponses':" + responses + "}");
  }

  @Test
  void theExtensionIsDeclaredAndTheCapabilityIsNot() {
    JsonNode capabilities = result(rig.modern(WHO, "server/discover", "{}")).path("capabilities");
    assertThat(capabilities.at("/extensions/io.modelcontextprotocol~1tasks").isObject()).isTrue();
    assertThat(capabilities.has("tasks")).isFalse();
  }

  @Test
  void theServerMakesATaskWhereTheClientCanHaveOne() {
    JsonNode created = result(rig.modern(WHO, "tools/call", "{'name':'job'}"));
    assertThat(created.path("resultType").asText()).isEqualTo("task");
    assertThat(created.path("status").asText()).isEqualTo("working");
    assertThat(created.path("ttlMs").isIntegralNumber()).isTrue();
    assertThat(created.path("pollIntervalMs").isIntegralNumber()).isTrue();
    assertThat(created.has("task") || created.has("ttl") || created.has("result")).isFalse();
    JsonNode got = get(created.path("taskId").asText());
    assertThat(got.path("resultType").asText()).isEqualTo("complete");
    assertThat(got.path("status").asText()).isEqualTo("working");
  }

  @Test
  void withoutTheExtensionTheCallRunsAsEver() {
    FakeClient client = rig.modern(WHO, "tools/call", "{'name':'job'}", false);
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(result(client).path("resultType").asText()).isEqualTo("complete");
    assertThat(result(client).at("/content/0/text").asText()).isEqualTo("done");
  }

  @Test
  void aToolThatRunsAsATaskOnlyNamesTheExtensionThatIsMissing() {
    FakeClient client = rig.modern(WHO, "tools/call", "{'name':'duty'}", false);
    assertThat(client.answer().status()).isEqualTo(400);
    assertThat(code(client)).isEqualTo(-32021);
    assertThat(
            client
                .json()
                .at("/error/data/requiredCapabilities/extensions/io.modelcontextprotocol~1tasks")
                .isObject())
        .isTrue();
    assertThat(rig.running).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks/get", "tasks/update", "tasks/cancel"})
  void theExtensionIsAskedForBeforeTheTaskIsLookedFor(String method) {
    FakeClient client = rig.modern(WHO, method, "{'taskId':'Tnever'}", false);
    assertThat(client.answer().status()).isEqualTo(400);
    assertThat(code(client)).isEqualTo(-32021);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "tasks/get | {'taskId':'Tnever'} | 200 -32602",
        "tasks/get | {'taskId':'handle-1'} | 200 -32602",
        "tasks/get | {} | 200 -32602",
        "tasks/cancel | {'taskId':'Tnever'} | 200 -32602",
        "tasks/update | {'taskId':'Tnever','inputResponses':{}} | 200 -32602",
        "tasks/update | {'taskId':'Tnever'} | 200 -32602",
        "tasks/update | {'taskId':'Tnever','inputResponses':{'a':7}} | 200 -32602",
        "tasks/result | {'taskId':'Tnever'} | 404 -32601",
        "tasks/list | {} | 404 -32601",
      })
  void mistakesAreAnswered(String method, String params, String expected) {
    assertThat(rig.modern(WHO, method, params).shown()).isEqualTo(expected);
  }

  @Test
  void theHintOfTheRevisionBeforeIsIgnored() {
    JsonNode plain = result(rig.modern(WHO, "tools/call", "{'name':'plain','task':{'ttl':1}}"));
    assertThat(plain.path("resultType").asText()).isEqualTo("complete");
    JsonNode job = result(rig.modern(WHO, "tools/call", "{'name':'job','task':{'ttl':1}}"));
    assertThat(job.path("ttlMs").asLong()).isEqualTo(TaskMethods.DEFAULT_TTL_MILLIS);
  }

  @Test
  void theResultIsPartOfTheTask() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).complete(TaskRig.text("done"));
    JsonNode got = get(task);
    assertThat(got.path("status").asText()).isEqualTo("completed");
    assertThat(got.at("/result/content/0/text").asText()).isEqualTo("done");
    assertThat(got.at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(got.toString()).doesNotContain("related-task").doesNotContain("requestState");
  }

  @Test
  void aToolErrorCompletesTheTask() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).complete(ToolOutcome.failed("no"));
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
    assertThat(get(task).at("/result/isError").asBoolean()).isTrue();
  }

  @Test
  void aProtocolErrorFailsTheTask() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).fail(new McpException(-31077, "not so"));
    JsonNode got = get(task);
    assertThat(got.path("status").asText()).isEqualTo("failed");
    assertThat(got.path("error").toString()).isEqualTo("{\"code\":-31077,\"message\":\"not so\"}");
    assertThat(got.has("result")).isFalse();
  }

  @Test
  void aBugOfAToolIsAnInternalErrorOfTheTask() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).fail(new IllegalStateException("secret"));
    assertThat(get(task).path("error").toString())
        .isEqualTo("{\"code\":-32603,\"message\":\"internal error\"}");
  }

  /** The id of a task with arguments that leave hardly any room in its record. */
  private String full() {
    rig.affinity.maxBytes = TaskRig.MAX_STATE;
    String much = "x".repeat(TaskRig.MAX_STATE - 110);
    return result(rig.modern(WHO, "tools/call", "{'name':'once','arguments':{'a':'" + much + "'}}"))
        .path("taskId")
        .asText();
  }

  @Test
  void aResultMayBeAsLargeAsTheArgumentsWere() {
    String task = full();
    String much = "y".repeat(TaskRig.MAX_STATE - 110);
    rig.running.get(0).complete(TaskRig.text(much));
    assertThat(get(task).at("/result/content/0/text").asText()).isEqualTo(much);
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }

  @Test
  void anErrorThatNoRecordCanHoldIsReplaced() {
    String task = full();
    rig.running.get(0).fail(new McpException(-32602, "y".repeat(TaskRig.MAX_STATE)));
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    assertThat(get(task).at("/error/message").asText()).contains("expected: <= 300");
  }

  @Test
  void aResultThatItsOwnerCanNotHoldIsReplaced() {
    String task = rig.task(WHO, "once");
    rig.affinity.maxBytes = 200;
    rig.running.get(0).complete(TaskRig.text("y".repeat(200)));
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    assertThat(get(task).at("/error/message").asText()).contains("what the owner can hold");
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }

  @Test
  void aTaskThatFillsItsRecordFailsWhenItsNodeIsGone() {
    String task = full();
    rig.affinity.hosted(task).lose(Failure.STALE_EPOCH);
    rig.takenOver(task);
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
  }

  @Test
  void aCancellationIsAcknowledgedEachTime() {
    String task = rig.task(WHO, "job");
    JsonNode first = result(about("tasks/cancel", task));
    assertThat(first.path("resultType").asText()).isEqualTo("complete");
    assertThat(first.has("taskId") || first.has("status")).isFalse();
    assertThat(get(task).path("status").asText()).isEqualTo("cancelled");
    assertThat(rig.calls.get(0).isCancelled()).isTrue();
    assertThat(result(about("tasks/cancel", task))).isEqualTo(first);
  }

  @Test
  void aCancellationAfterTheEndChangesNothing() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(about("tasks/cancel", task).answer().status()).isEqualTo(200);
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
    assertThat(rig.calls.get(0).isCancelled()).isFalse();
  }

  @Test
  void somebodyElseKnowsNothingOfIt() {
    String task = rig.task("alice", "job");
    for (String method : Set.of("tasks/get", "tasks/cancel")) {
      FakeClient foreign = rig.modern("mallory", method, "{'taskId':'" + task + "'}");
      assertThat(foreign.answer())
          .isEqualTo(rig.modern("mallory", method, "{'taskId':'Tnever'}").answer());
    }
    assertThat(rig.get("alice", task).path("status").asText()).isEqualTo("working");
  }

  @Test
  void theNameInTheHeaderIsTheTask() {
    String task = rig.task(WHO, "job");
    ClientRequest request = Rig.modern("tasks/get", "{'taskId':'" + task + "'}", WHO);
    request.headers().set("Mcp-Name", "Tother");
    FakeClient client = new FakeClient();
    rig.node.message(request, client);
    assertThat(client.shown()).isEqualTo("400 -32020");
  }

  @Test
  void questionsArePartOfTheTaskUntilAllAreAnswered() throws Exception {
    String task = rig.task(WHO, "job");
    InputAsker asker = rig.calls.get(0).asker();
    CompletableFuture<JsonNode> name =
        asker.ask("name", "elicitation/create", TaskRig.object().put("message", "who?"));
    CompletableFuture<JsonNode> sure =
        asker.ask("sure", "elicitation/create", TaskRig.object().put("message", "sure?"));
    JsonNode got = get(task);
    assertThat(got.path("status").asText()).isEqualTo("input_required");
    assertThat(got.path("inputRequests").toString())
        .isEqualTo(
            "{\"name\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"who?\"}},"
                + "\"sure\":{\"method\":\"elicitation/create\",\"params\":{\"message\":\"sure?\"}}}");
    assertThat(result(update(task, "{'name':{'action':'accept'},'other':{}}")).toString())
        .startsWith("{\"resultType\":\"complete\"");
    assertThat(name.get().path("action").asText()).isEqualTo("accept");
    assertThat(sure).isNotDone();
    assertThat(get(task).at("/inputRequests").properties()).hasSize(1);
    assertThat(get(task).path("status").asText()).isEqualTo("input_required");
    update(task, "{'name':{'action':'decline'}}");
    update(task, "{'sure':{'action':'decline'}}");
    assertThat(sure.get().path("action").asText()).isEqualTo("decline");
    assertThat(get(task).path("status").asText()).isEqualTo("working");
    assertThat(get(task).has("inputRequests")).isFalse();
  }

  @Test
  void questionsBeforeTheTaskAreRoundsOfTheCallAndThoseAfterItAreTheTasks() {
    JsonNode round = result(rig.modern(WHO, "tools/call", "{'name':'later'}"));
    assertThat(round.path("resultType").asText()).isEqualTo("input_required");
    assertThat(round.has("taskId")).isFalse();
    JsonNode created =
        result(
            rig.modern(
                WHO,
                "tools/call",
                "{'name':'later','requestState':'"
                    + round.path("requestState").asText()
                    + "','inputResponses':{'who':{'action':'accept','content':{'name':'A'}}}}"));
    assertThat(created.path("resultType").asText()).isEqualTo("task");
    assertThat(created.has("requestState") || created.has("inputRequests")).isFalse();
    String task = created.path("taskId").asText();
    assertThat(get(task).at("/inputRequests/sure/method").asText()).isEqualTo("elicitation/create");
    update(task, "{'sure':{'action':'accept','content':{'sure':true}}}");
    assertThat(get(task).at("/result/content/0/text").asText()).isEqualTo("A true");
    assertThat(rig.node.runningCalls()).isZero();
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }

  @Test
  void aCallThatCouldNotBecomeATaskIsAnError() {
    JsonNode round = result(rig.modern(WHO, "tools/call", "{'name':'later'}"));
    rig.affinity.failCreate(Failure.NO_QUORUM);
    FakeClient refused =
        rig.modern(
            WHO,
            "tools/call",
            "{'name':'later','requestState':'"
                + round.path("requestState").asText()
                + "','inputResponses':{'who':{'action':'accept','content':{'name':'A'}}}}");
    assertThat(refused.answered()).isTrue();
    assertThat(rig.node.runningCalls()).isZero();
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }

  @Test
  void aToolThatIsDoneBeforeItsTaskIsMadeEndsTheTask() {
    rig.affinity.holdCopies();
    FakeClient client = rig.modern(WHO, "tools/call", "{'name':'hasty'}");
    assertThat(client.answered()).isFalse();
    rig.affinity.release();
    assertThat(result(client).path("resultType").asText()).isEqualTo("task");
    JsonNode task = get(result(client).path("taskId").asText());
    assertThat(task.path("status").asText()).isEqualTo("completed");
    assertThat(task.at("/result/content/0/text").asText()).isEqualTo("hasty");
    nothingRuns();
  }

  @Test
  void aToolThatIsDoneBeforeItsTaskFailsAnswersItself() {
    rig.affinity.holdCopies();
    FakeClient client = rig.modern(WHO, "tools/call", "{'name':'hasty'}");
    assertThat(client.answered()).isFalse();
    rig.affinity.failHeld(Failure.NO_QUORUM);
    assertThat(result(client).at("/content/0/text").asText()).isEqualTo("hasty");
    nothingRuns();
  }

  @Test
  void aCallThatHasEndedBecomesNoTask() {
    FakeClient client =
        rig.modern(WHO, "tools/call", "{'name':'hasty','arguments':{'never':true}}");
    assertThat(result(client).at("/content/0/text").asText()).isEqualTo("hasty");
    assertThatThrownBy(() -> rig.calls.get(0).task().join()).hasCauseInstanceOf(McpException.class);
    assertThat(rig.affinity.keys(Kind.TASK)).isEmpty();
    nothingRuns();
  }

  private void nothingRuns() {
    assertThat(rig.node.runningCalls()).isZero();
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }

  @Test
  void theSameKeyIsTheSameQuestion() {
    rig.task(WHO, "job");
    InputAsker asker = rig.calls.get(0).asker();
    assertThat(asker.ask("a", "roots/list", TaskRig.object()))
        .isSameAs(asker.ask("a", "roots/list", TaskRig.object()));
  }

  @Test
  void aQuestionOfACancelledTaskIsCancelled() {
    String task = rig.task(WHO, "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask("a", "roots/list", TaskRig.object());
    about("tasks/cancel", task);
    assertThat(answer).isCancelled();
  }

  @Test
  void anErrorOfTheClientFailsTheQuestion() {
    String task = rig.task(WHO, "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask("a", "roots/list", TaskRig.object());
    update(task, "{'a':{'error':{'code':-1,'message':'no'}}}");
    assertThatThrownBy(answer::get).hasCauseInstanceOf(ClientErrorException.class);
  }

  @Test
  void aTaskThatMayRunAgainDoesWhenItsNodeIsGone() {
    String task = rig.task(WHO, "job");
    rig.takenOver(task);
    assertThat(rig.running).hasSize(2);
    assertThat(get(task).path("status").asText()).isEqualTo("working");
    rig.running.get(0).complete(TaskRig.text("of the first run"));
    assertThat(get(task).path("status").asText()).isEqualTo("working");
    rig.running.get(1).complete(TaskRig.text("of the second run"));
    assertThat(get(task).at("/result/content/0/text").asText()).isEqualTo("of the second run");
    assertThat(rig.meters.get("mcp.tasks.restarted").counter().count()).isOne();
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void aTaskThatRunsAgainHasTheNumbersThatWereSent() {
    String sent = "{'n':'#9007199254740993.5','near':0.1,'far':'#1e99999'}";
    JsonNode created =
        result(rig.modern(WHO, "tools/call", "{'name':'job','arguments':" + sent + "}"));
    rig.takenOver(created.path("taskId").asText());
    String given = "{\"n\":9007199254740993.5,\"near\":0.1,\"far\":1e99999}";
    assertThat(rig.given).extracting(ObjectNode::toString).containsExactly(given, given);
  }

  @Test
  void aTaskThatMayNotRunAgainFailsAtOnceWhenItsNodeIsGone() {
    String task = rig.task(WHO, "once");
    rig.takenOver(task);
    assertThat(rig.running).hasSize(1);
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    assertThat(get(task).path("error").toString())
        .isEqualTo(
            "{\"code\":-32010,\"message\":\"owner lost\","
                + "\"data\":{\"retryable\":false,\"executed\":\"unknown\"}}");
    assertThat(rig.meters.get("mcp.tasks.lost").counter().count()).isOne();
  }

  @Test
  void aTaskThatTakesItsNodesDownIsNotTriedForEver() {
    String task = rig.task(WHO, "job");
    for (int run = 1; run < Takeover.MAX_RUNS; run++) {
      rig.takenOver(task);
    }
    assertThat(get(task).path("status").asText()).isEqualTo("working");
    rig.takenOver(task);
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    assertThat(rig.running).hasSize(Takeover.MAX_RUNS);
  }

  @Test
  void aTaskWhoseNodeLivesIsLeftAlone() {
    String task = rig.task(WHO, "job");
    FakeAffinity.FakeHosted hosted = rig.affinity.hosted(task);
    TaskStep.of(hosted, info -> info.restarted(info.run(), "n2#1", 0));
    rig.node.owned(hosted);
    assertThat(rig.running).hasSize(1);
    assertThat(get(task).path("status").asText()).isEqualTo("working");
  }

  @Test
  void anEndedTaskIsLeftAlone() {
    String task = rig.task(WHO, "job");
    rig.running.get(0).complete(TaskRig.text("done"));
    rig.node.owned(rig.affinity.hosted(task));
    assertThat(rig.running).hasSize(1);
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void aSecondRunAsksUnderKeysOfItsOwn() {
    String task = rig.task(WHO, "job");
    rig.calls.get(0).asker().ask("a", "roots/list", TaskRig.object());
    rig.takenOver(task);
    assertThat(get(task).path("status").asText()).isEqualTo("working");
    rig.calls.get(1).asker().ask("a", "roots/list", TaskRig.object());
    assertThat(get(task).path("inputRequests").has("a")).isFalse();
    assertThat(get(task).path("inputRequests").has("a.2")).isTrue();
  }

  @Test
  void aKeyOfTheFirstRunIsNeverOneOfALaterRun() {
    String task = rig.task(WHO, "job");
    for (String key : List.of("a", "a.2", "a.b", "a.2.1")) {
      rig.calls.get(0).asker().ask(key, "roots/list", TaskRig.object());
    }
    Set<String> first = keys(task);
    assertThat(first).contains("a", "a.b").hasSize(4);
    rig.takenOver(task);
    rig.calls.get(1).asker().ask("a", "roots/list", TaskRig.object());
    rig.calls.get(1).asker().ask("a.2", "roots/list", TaskRig.object());
    assertThat(keys(task)).hasSize(2).doesNotContainAnyElementsOf(first);
  }

  private Set<String> keys(String task) {
    Set<String> keys = new HashSet<>();
    get(task).path("inputRequests").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void theNodeIsIdleWhenTheLastTaskHasEnded() {
    rig.task(WHO, "job");
    rig.task(WHO, "job");
    Future<Void> idle = rig.node.tasksEnded();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(idle.isComplete()).isFalse();
    rig.running.get(1).complete(TaskRig.text("done"));
    assertThat(idle.isComplete()).isTrue();
    assertThat(rig.node.tasksEnded().isComplete()).isTrue();
  }
}
