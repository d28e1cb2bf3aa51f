package io.mcpnode.server;

import static io.mcpnode.server.TaskRig.code;
import static io.mcpnode.server.TaskRig.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.LogLevel;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks as 2025-11-25 knows them. */
class LegacyTasksTest {

  private final TaskRig rig = new TaskRig();
  private final String session = rig.open("2025-11-25", "anonymous");

  private FakeClient send(String method, String params) {
    return rig.legacy(session, "anonymous", method, params);
  }

  private FakeClient about(String method, String task) {
    return send(method, "{'taskId':'" + task + "'}");
  }

  private JsonNode get(String task) {
    return result(about("tasks/get", task));
  }

  @Test
  void theCapabilityAndTheToolsSayWhatRunsAsATask() {
    FakeClient client = new FakeClient();
    rig.node.message(
        Rig.request(
            null,
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}}",
            MultiMap.caseInsensitiveMultiMap()),
        client);
    assertThat(result(client).at("/capabilities/tasks").toString())
        .isEqualTo("{\"list\":{},\"cancel\":{},\"requests\":{\"tools\":{\"call\":{}}}}");
    JsonNode tools = result(send("tools/list", "{}")).path("tools");
    assertThat(tools.findValuesAsText("taskSupport"))
        .containsExactly("required", "required", "optional", "required", "optional");
    String before = rig.open("2025-06-18", "anonymous");
    assertThat(rig.legacy(before, "anonymous", "tools/list", "{}").json().toString())
        .doesNotContain("taskSupport");
  }

  @Test
  void theAnswerToTheCallIsATaskThatWorks() {
    JsonNode result =
        result(send("tools/call", "{'name':'job','arguments':{},'task':{'ttl':5000}}"));
    JsonNode task = result.path("task");
    assertThat(result.size()).isEqualTo(1);
    assertThat(task.path("status").asText()).isEqualTo("working");
    assertThat(task.path("ttl").asInt()).isEqualTo(5000);
    assertThat(task.path("pollInterval").isIntegralNumber()).isTrue();
    assertThat(task.path("createdAt").asText()).endsWith("Z");
    assertThat(get(task.path("taskId").asText())).isEqualTo(task);
  }

  @Test
  void nothingIsToldBeforeTheTaskIsSafe() {
    rig.affinity.holdCopies();
    FakeClient client = send("tools/call", "{'name':'job','task':{}}");
    assertThat(client.answered()).isFalse();
    assertThat(rig.running).isEmpty();
    rig.affinity.release();
    assertThat(result(client).at("/task/status").asText()).isEqualTo("working");
    assertThat(rig.running).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'name':'plain','task':{}} | -32601",
        "{'name':'duty'} | -32601",
        "{'name':'job','task':7} | -32602",
        "{'name':'job','task':{'ttl':-1}} | -32602",
        "{'name':'job','task':{'ttl':0}} | -32602",
        "{'name':'job','task':{'ttl':1.5}} | -32602",
        "{'name':'job','task':{'ttl':'1'}} | -32602",
      })
  void mistakesAreAnswered(String params, int code) {
    assertThat(code(send("tools/call", params))).isEqualTo(code);
    assertThat(rig.running).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "99999999999, 86400000"})
  void aTtlIsKeptWithinBounds(long wanted, long given) {
    JsonNode task =
        result(send("tools/call", "{'name':'job','task':{'ttl':" + wanted + "}}")).path("task");
    assertThat(task.path("ttl").asLong()).isEqualTo(given);
  }

  @Test
  void withoutAskingThereIsNoTask() {
    FakeClient client = send("tools/call", "{'name':'job'}");
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18"})
  void earlierRevisionsKnowNoTasks(String revision) {
    String before = rig.open(revision, "anonymous");
    FakeClient client = rig.legacy(before, "anonymous", "tools/call", "{'name':'plain','task':{}}");
    assertThat(client.shown()).isEqualTo(Rig.text("plain"));
    for (String method : Set.of("tasks/get", "tasks/result", "tasks/list", "tasks/cancel")) {
      assertThat(code(rig.legacy(before, "anonymous", method, "{'taskId':'T1'}")))
          .isEqualTo(-32601);
    }
    assertThat(code(rig.legacy(before, "anonymous", "tools/call", "{'name':'duty'}")))
        .isEqualTo(-32601);
  }

  @Test
  void theResultIsWaitedForAndSaysWhoseItIs() {
    String task = rig.task(session, "anonymous", "job");
    FakeClient waiting = about("tasks/result", task);
    assertThat(waiting.answered()).isFalse();
    assertThat(rig.affinity.hosted(session).inside).isZero();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(result(waiting).at("/content/0/text").asText()).isEqualTo("done");
    assertThat(result(waiting).at("/_meta/io.modelcontextprotocol~1related-task/taskId").asText())
        .isEqualTo(task);
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
    assertThat(about("tasks/result", task).answer().body()).isEqualTo(waiting.answer().body());
  }

  @Test
  void aToolErrorFailsTheTaskAndIsItsResult() {
    String task = rig.task(session, "anonymous", "job");
    rig.running.get(0).complete(ToolOutcome.failed("no"));
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    JsonNode result = result(about("tasks/result", task));
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.at("/content/0/text").asText()).isEqualTo("no");
  }

  @Test
  void aProtocolErrorFailsTheTaskAndIsTheAnswerToItsResult() {
    String task = rig.task(session, "anonymous", "job");
    FakeClient waiting = about("tasks/result", task);
    rig.running.get(0).fail(new McpException(-31077, "not so"));
    assertThat(get(task).path("status").asText()).isEqualTo("failed");
    assertThat(waiting.json().path("error").toString())
        .isEqualTo("{\"code\":-31077,\"message\":\"not so\"}");
  }

  @Test
  void aCancelledTaskStaysCancelledAndItsToolIsTold() {
    String task = rig.task(session, "anonymous", "job");
    FakeClient waiting = about("tasks/result", task);
    JsonNode cancelled = result(about("tasks/cancel", task));
    assertThat(cancelled.path("taskId").asText()).isEqualTo(task);
    assertThat(cancelled.path("status").asText()).isEqualTo("cancelled");
    assertThat(rig.calls.get(0).isCancelled()).isTrue();
    assertThat(code(waiting)).isEqualTo(-32603);
    rig.running.get(0).complete(TaskRig.text("too late"));
    assertThat(get(task).path("status").asText()).isEqualTo("cancelled");
    assertThat(code(about("tasks/cancel", task))).isEqualTo(-32602);
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void anEndedTaskCannotBeCancelled() {
    String task = rig.task(session, "anonymous", "job");
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(code(about("tasks/cancel", task))).isEqualTo(-32602);
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void anotherSessionOfAnAnonymousClientKnowsNothingOfIt() {
    String task = rig.task(session, "anonymous", "job");
    String other = rig.open("2025-11-25", "anonymous");
    for (String method : Set.of("tasks/get", "tasks/result", "tasks/cancel")) {
      FakeClient foreign = rig.legacy(other, "anonymous", method, "{'taskId':'" + task + "'}");
      FakeClient never = rig.legacy(other, "anonymous", method, "{'taskId':'Tnever'}");
      assertThat(foreign.answer()).isEqualTo(never.answer());
      assertThat(foreign.answer().status()).isEqualTo(200);
      assertThat(code(foreign)).isEqualTo(-32602);
    }
    assertThat(result(rig.legacy(other, "anonymous", "tasks/list", "{}")).path("tasks")).isEmpty();
  }

  @Test
  void aPrincipalHasItsTasksInAllItsSessions() {
    String first = rig.open("2025-11-25", "alice");
    String second = rig.open("2025-11-25", "alice");
    String task = rig.task(first, "alice", "job");
    JsonNode seen = result(rig.legacy(second, "alice", "tasks/get", "{'taskId':'" + task + "'}"));
    assertThat(seen.path("status").asText()).isEqualTo("working");
    assertThat(rig.get("alice", task).path("status").asText()).isEqualTo("working");
    assertThat(rig.get("mallory", task).isMissingNode()).isTrue();
  }

  @Test
  void theListShowsAllPageByPageAndNothingTwice() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < TaskMethods.PAGE + 3; i++) {
      made.add(rig.task(session, "anonymous", "job"));
      rig.running.get(i).complete(TaskRig.text("done"));
    }
    JsonNode first = result(send("tasks/list", "{}"));
    assertThat(first.path("tasks")).hasSize(TaskMethods.PAGE);
    JsonNode second =
        result(send("tasks/list", "{'cursor':'" + first.path("nextCursor").asText() + "'}"));
    assertThat(second.path("tasks")).hasSize(3);
    assertThat(second.has("nextCursor")).isFalse();
    Set<String> listed = new HashSet<>(first.findValuesAsText("taskId"));
    listed.addAll(second.findValuesAsText("taskId"));
    assertThat(listed).isEqualTo(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "''", "7", "{}", "'MTpTc2Vzc2lvbg'", "'////'"})
  void aCursorOfSomebodyElseIsRefused(String cursor) {
    assertThat(code(send("tasks/list", "{'cursor':" + cursor + "}"))).isEqualTo(-32602);
  }

  @Test
  void progressGoesToWhoeverWaitsForTheResult() {
    String task =
        result(send("tools/call", "{'name':'job','task':{},'_meta':{'progressToken':'p'}}"))
            .at("/task/taskId")
            .asText();
    rig.calls.get(0).progress(1, 3, "nobody listens");
    FakeClient waiting = about("tasks/result", task);
    rig.calls.get(0).progress(2, 3, "two");
    JsonNode params = waiting.events.get(0).path("params");
    assertThat(waiting.events).hasSize(1);
    assertThat(params.path("progressToken").asText()).isEqualTo("p");
    assertThat(params.path("progress").asInt()).isEqualTo(2);
    assertThat(params.at("/_meta/io.modelcontextprotocol~1related-task/taskId").asText())
        .isEqualTo(task);
  }

  @Test
  void allThatTheTaskSaysNamesIt() {
    String task = rig.task(session, "anonymous", "job");
    FakeClient waiting = about("tasks/result", task);
    rig.calls.get(0).log(LogLevel.ERROR, "job", "half of it");
    rig.calls.get(0).elicitationComplete("page-1");
    assertThat(waiting.events)
        .extracting(event -> event.path("method").asText())
        .containsExactly("notifications/message", "notifications/elicitation/complete");
    for (JsonNode event : waiting.events) {
      assertThat(event.at("/params/_meta/io.modelcontextprotocol~1related-task/taskId").asText())
          .isEqualTo(task);
    }
  }

  @Test
  void aQuestionOfTheTaskIsARequestOnTheStreamOfItsResult() throws Exception {
    String task = rig.task(session, "anonymous", "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask("who", "elicitation/create", TaskRig.object().put("m", "?"));
    assertThat(get(task).path("status").asText()).isEqualTo("input_required");
    FakeClient waiting = about("tasks/result", task);
    JsonNode asked = waiting.events.get(0);
    assertThat(asked.path("method").asText()).isEqualTo("elicitation/create");
    assertThat(asked.at("/params/m").asText()).isEqualTo("?");
    assertThat(asked.at("/params/_meta/io.modelcontextprotocol~1related-task/taskId").asText())
        .isEqualTo(task);
    assertThat(asked.path("id").asText()).isEqualTo(task + "/who");
    assertThat(answer).isNotDone();
    FakeClient answered =
        rig.answer(session, "anonymous", task + "/who", "'result':{'action':'decline'}");
    assertThat(answered.answer().status()).isEqualTo(202);
    assertThat(answer.get().path("action").asText()).isEqualTo("decline");
    assertThat(get(task).path("status").asText()).isEqualTo("working");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "with \"quotes\"", "back\\slash", "50% +1", "Größe", "\n"})
  void aQuestionOfAnyNameIsAnswered(String name) throws Exception {
    String task = rig.task(session, "anonymous", "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask(name, "elicitation/create", TaskRig.object());
    FakeClient waiting = about("tasks/result", task);
    String id = waiting.events.get(0).path("id").toString();
    rig.answer(
        session, "anonymous", id.substring(1, id.length() - 1), "'result':{'action':'decline'}");
    assertThat(answer).isCompleted();
    assertThat(answer.get().path("action").asText()).isEqualTo("decline");
  }

  @Test
  void anotherSessionCannotAnswerTheQuestionOfATask() {
    String task = rig.task(session, "anonymous", "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask("who", "elicitation/create", TaskRig.object());
    String other = rig.open("2025-11-25", "anonymous");
    FakeClient foreign = rig.answer(other, "anonymous", task + "/who", "'result':{}");
    assertThat(foreign.answer().status()).isEqualTo(202);
    assertThat(answer).isNotDone();
  }

  @Test
  void aClientThatAnswersAnErrorFailsTheQuestion() {
    String task = rig.task(session, "anonymous", "job");
    CompletableFuture<JsonNode> answer =
        rig.calls.get(0).asker().ask("who", "elicitation/create", TaskRig.object());
    rig.answer(session, "anonymous", task + "/who", "'error':{'code':-1,'message':'no'}");
    assertThat(answer).isCompletedExceptionally();
  }

  @Test
  void aToolThatAsksFirstIsATaskFromItsBeginning() {
    String task = rig.task(session, "anonymous", "later");
    assertThat(get(task).path("status").asText()).isEqualTo("input_required");
    rig.answer(
        session, "anonymous", task + "/who", "'result':{'action':'accept','content':{'name':'A'}}");
    rig.answer(
        session,
        "anonymous",
        task + "/sure",
        "'result':{'action':'accept','content':{'sure':true}}");
    assertThat(result(about("tasks/result", task)).at("/content/0/text").asText())
        .isEqualTo("A true");
  }

  @Test
  void tooManyWhoWaitForOneTaskAreRefused() {
    String task = rig.task(session, "anonymous", "job");
    // One place is that of the run itself.
    for (int i = 1; i < TaskWatch.MAX_WATCHERS; i++) {
      assertThat(about("tasks/result", task).answered()).isFalse();
    }
    assertThat(about("tasks/result", task).answer().status()).isEqualTo(503);
    assertThat(rig.meters.get("mcp.refused").tag("limit", "tasks.waiting").counter().count())
        .isOne();
  }

  @Test
  void aClientThatGaveUpWaitingTakesNoPlace() {
    String task = rig.task(session, "anonymous", "job");
    for (int i = 0; i < 3 * TaskWatch.MAX_WATCHERS; i++) {
      about("tasks/result", task).goAway();
    }
    FakeClient waiting = about("tasks/result", task);
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(result(waiting).at("/content/0/text").asText()).isEqualTo("done");
  }

  @Test
  void tasksCountAsCallsThatRun() {
    for (int i = 0; i < TaskRig.MAX_CALLS; i++) {
      rig.task(session, "anonymous", "job");
    }
    FakeClient more = send("tools/call", "{'name':'job','task':{}}");
    assertThat(more.answer().status()).isEqualTo(503);
    assertThat(send("tools/call", "{'name':'plain'}").answer().status()).isEqualTo(503);
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(send("tools/call", "{'name':'job','task':{}}").answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "INDETERMINATE, 200 -32010",
    "NO_QUORUM, 503 -32603",
    "OVERLOADED, 503 -32603",
    "DRAINING, 503 -32603"
  })
  void aTaskThatCouldNotBeMadeIsAnErrorAndDoesNotRun(Failure failure, String expected) {
    rig.affinity.failCreate(failure);
    assertThat(send("tools/call", "{'name':'job','task':{}}").shown()).isEqualTo(expected);
    assertThat(rig.running).isEmpty();
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void argumentsThatNoRecordCanHoldAreRefused() {
    String much = "x".repeat(TaskRig.MAX_STATE);
    assertThat(
            code(send("tools/call", "{'name':'job','arguments':{'a':'" + much + "'},'task':{}}")))
        .isEqualTo(-32602);
  }

  @Test
  void aResultThatNoRecordCanHoldIsAnError() {
    String task = rig.task(session, "anonymous", "job");
    rig.running.get(0).complete(TaskRig.text("x".repeat(TaskRig.MAX_STATE)));
    FakeClient client = about("tasks/result", task);
    assertThat(code(client)).isEqualTo(-32603);
    assertThat(client.json().at("/error/message").asText()).contains("expected: <= 300");
  }

  @Test
  void theStateOfTheSessionIsTheTasks() {
    String task = rig.task(session, "anonymous", "once");
    rig.calls.get(0).state().update("n", Integer.class, n -> 7);
    assertThat(rig.affinity.hosted(session).inside).isOne();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(rig.affinity.hosted(session).inside).isZero();
    assertThat(rig.affinity.hosted(session).record().contents().values()).containsEntry("n", "7");
    assertThat(get(task).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void stateThatHasMovedAwayFailsTheTaskHonestly() {
    String task = rig.task(session, "anonymous", "once");
    FakeClient waiting = about("tasks/result", task);
    rig.affinity.hosted(session).lose();
    try {
      rig.calls.get(0).state();
      rig.running.get(0).complete(TaskRig.text("unreachable"));
    } catch (McpException gone) {
      rig.running.get(0).fail(gone);
    }
    assertThat(code(waiting)).isEqualTo(-32010);
  }

  private FakeClient news(String ofSession, String lastEventId) {
    FakeClient client = new FakeClient();
    client.resumable = true;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (lastEventId != null) {
      headers.set("Last-Event-ID", lastEventId);
    }
    rig.node.stream(Rig.request(ofSession, "", headers), client);
    return client;
  }

  private static List<String> statuses(FakeClient client) {
    return client.events.stream()
        .filter(event -> event.path("method").asText().equals("notifications/tasks/status"))
        .map(event -> event.at("/params/status").asText())
        .toList();
  }

  private String job() {
    return rig.task(session, "anonymous", "job");
  }

  @Test
  void theNewsOfItsSessionSayHowATaskStands() {
    FakeClient news = news(session, null);
    FakeClient others = news(rig.open("2025-11-25", "anonymous"), null);
    String done = job();
    String cancelled = job();
    assertThat(news.events).as("its client knows that it was made").isEmpty();
    rig.running.get(0).complete(ToolOutcome.failed("no"));
    about("tasks/cancel", cancelled);
    assertThat(statuses(news)).containsExactly("failed", "cancelled");
    JsonNode said = news.events.get(0).path("params");
    assertThat(said).isEqualTo(get(done));
    assertThat(said.has("_meta")).as("of what it is says the message itself").isFalse();
    assertThat(others.events).isEmpty();
  }

  @Test
  void theNewsSayThatATaskWaitsForItsClient() {
    FakeClient news = news(session, null);
    job();
    CompletableFuture<?> answer =
        rig.calls.get(0).elicit("who", ElicitRequest.form("Who?", ElicitField.text("name")));
    assertThat(statuses(news)).containsExactly("input_required");
    rig.calls.get(0).elicit("why", ElicitRequest.form("Why?", ElicitField.text("reason")));
    assertThat(statuses(news)).as("it waited before").containsExactly("input_required");
    assertThat(answer.isDone()).isFalse();
  }

  @Test
  void aClientThatComesBackHearsWhatBecameOfItsTasks() {
    FakeClient first = news(session, null);
    job();
    String seen = first.lastId();
    first.goAway();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(statuses(news(session, seen))).containsExactly("completed");
  }

  @Test
  void aSlowReaderGetsTheLatestStatus() {
    FakeClient news = news(session, null);
    Promise<Void> room = Promise.promise();
    news.room = room.future();
    String first = job();
    String second = job();
    about("tasks/cancel", first);
    rig.calls.get(1).elicit("who", ElicitRequest.form("Who?", ElicitField.text("name")));
    rig.running.get(1).complete(TaskRig.text("done"));
    news.room = Future.succeededFuture();
    room.complete();
    assertThat(statuses(news)).containsExactly("cancelled", "completed");
    assertThat(get(second).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void forASessionThatDoesNotListenNothingIsKept() {
    job();
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(rig.affinity.hosted(session).attached(SessionNews.class)).isNull();
    assertThat(statuses(news(session, null))).isEmpty();
  }

  @Test
  void aSessionThatIsGoneIsNoHindrance() {
    String task = job();
    rig.affinity.end(rig.affinity.hosted(session));
    rig.running.get(0).complete(TaskRig.text("done"));
    assertThat(rig.affinity.hosted(task).record().contents().task().status().wire())
        .isEqualTo("completed");
  }

  @Test
  void statusesOfTasksAreNoReasonToReadEverythingAgain() {
    FakeClient news = news(session, null);
    news.goAway();
    for (int i = 0; i <= NewsLog.MAX_KEPT; i++) {
      about("tasks/cancel", job());
      rig.running.get(i).complete(TaskRig.text("late"));
    }
    FakeClient again = news(session, null);
    assertThat(statuses(again)).hasSize(NewsLog.MAX_KEPT);
    assertThat(again.events).hasSize(NewsLog.MAX_KEPT);
  }

  @Test
  void aQuestionThatCouldNotBeSentIsNotWaitedForForEver() {
    rig.task(session, "anonymous", "job");
    InputAsker asker = rig.calls.get(0).asker();
    rig.affinity.throwAtDispatch(new IllegalStateException("closed"));
    assertThat(asker.ask("who", "elicitation/create", TaskRig.object())).isCompletedExceptionally();
    assertThat(asker.ask("who", "elicitation/create", TaskRig.object()))
        .as("asked again")
        .isCompletedExceptionally();
  }
}
