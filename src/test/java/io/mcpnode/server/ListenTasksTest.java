package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.LogLevel;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client of 2026-07-28 hears of its tasks. */
class ListenTasksTest {

  private static final String WHO = "alice";
  private static final String SUBSCRIPTION =
      "/params/_meta/io.modelcontextprotocol~1subscriptionId";

  private final TaskRig rig = new TaskRig();

  private static String filter(String... tasks) {
    return "{'notifications':{'taskIds':['" + String.join("','", tasks) + "']}}";
  }

  private FakeClient listen(String... tasks) {
    return rig.modern(WHO, "subscriptions/listen", filter(tasks));
  }

  /** The statuses of the notifications, behind the first message. */
  private static List<String> statuses(FakeClient client) {
    return client.events.stream()
        .skip(1)
        .peek(event -> assertThat(event.get("method").asText()).isEqualTo("notifications/tasks"))
        .map(event -> event.at("/params/status").asText())
        .toList();
  }

  private void end(int call) {
    rig.running.get(call).complete(TaskRig.text("done"));
  }

  private double followed() {
    return rig.meters.get("mcp.tasks.followed").gauge().value();
  }

  @Test
  void theFirstMessageNamesTheTasksAndTheNextOnesSayHowTheyStand() {
    String one = rig.task(WHO, "job");
    String two = rig.task(WHO, "once");
    FakeClient client = listen(one, two);
    assertThat(client.events.get(0).get("method").asText())
        .isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(client.events.get(0).at("/params/notifications").toString())
        .isEqualTo("{\"taskIds\":[\"" + one + "\",\"" + two + "\"]}");
    assertThat(statuses(client)).containsExactly("working", "working");
    end(1);
    assertThat(statuses(client)).containsExactly("working", "working", "completed");
    assertThat(client.events.get(3).at("/params/taskId").asText()).isEqualTo(two);
    for (JsonNode event : client.events) {
      assertThat(event.at(SUBSCRIPTION).intValue()).isEqualTo(1);
    }
  }

  @Test
  void aNodeWithoutNewsOfListsStillTellsOfTasks() {
    String task = rig.task(WHO, "job");
    FakeClient client =
        rig.modern(
            WHO,
            "subscriptions/listen",
            "{'notifications':{'toolsListChanged':true,'taskIds':['" + task + "']}}");
    assertThat(client.events.get(0).at("/params/notifications").toString())
        .isEqualTo("{\"taskIds\":[\"" + task + "\"]}");
    assertThat(statuses(client)).containsExactly("working");
  }

  @Test
  void aNotificationSaysWhatTheClientWouldGetIfItAsked() {
    String task = rig.task(WHO, "later");
    FakeClient asked = rig.modern(WHO, "tools/call", "{'name':'job'}");
    String job = TaskRig.result(asked).path("taskId").asText();
    FakeClient client = listen(job);
    end(0);
    ObjectNode said = client.events.get(2).get("params").deepCopy();
    ObjectNode got = rig.get(WHO, job).deepCopy();
    said.remove("_meta");
    got.remove(List.of("_meta", "resultType"));
    assertThat(said).isEqualTo(got);
    assertThat(said.at("/result/content/0/text").asText()).isEqualTo("done");
    assertThat(task).as("this one asks before it becomes a task").isEmpty();
  }

  @Test
  void questionsAreHeardWithWhatIsAsked() {
    FakeClient asked = rig.modern(WHO, "tools/call", "{'name':'later'}");
    String state = TaskRig.result(asked).path("requestState").asText();
    rig.modern(
        WHO,
        "tools/call",
        "{'name':'later','requestState':'"
            + state
            + "','inputResponses':{'who':{'action':'accept','content':{'name':'Ada'}}}}");
    String task = rig.affinity.keys(Kind.TASK).get(0);
    FakeClient client = listen(task);
    assertThat(statuses(client)).containsExactly("input_required");
    assertThat(client.events.get(1).at("/params/inputRequests/sure/method").asText())
        .isEqualTo("elicitation/create");
    rig.modern(
        WHO,
        "tasks/update",
        "{'taskId':'"
            + task
            + "','inputResponses':{'sure':{'action':'accept','content':{'sure':true}}}}");
    assertThat(statuses(client)).endsWith("completed").hasSizeBetween(2, 3);
  }

  @Test
  void theTasksOfOthersAreNotThere() {
    String foreign = rig.task("bob", "job");
    String own = rig.task(WHO, "job");
    FakeClient client = listen(foreign, own, "never", "Tnever");
    assertThat(client.events.get(0).at("/params/notifications").toString())
        .isEqualTo("{\"taskIds\":[\"" + own + "\"]}");
    end(0);
    assertThat(statuses(client)).containsExactly("working");
    end(1);
    assertThat(statuses(client)).containsExactly("working", "completed");
  }

  @Test
  void withoutTheExtensionNobodyHearsOfTasks() {
    String task = rig.task(WHO, "job");
    FakeClient client = rig.modern(WHO, "subscriptions/listen", filter(task), false);
    assertThat(client.shown()).isEqualTo("400 -32021");
    assertThat(client.json().at("/error/data/requiredCapabilities/extensions").fieldNames().next())
        .isEqualTo("io.modelcontextprotocol/tasks");
    assertThat(
            rig.modern(WHO, "subscriptions/listen", "{'notifications':{'taskIds':[]}}", false)
                .answered())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[7]", "{}", "null"})
  void aListThatIsNoneIsRefused(String tasks) {
    FakeClient client =
        rig.modern(WHO, "subscriptions/listen", "{'notifications':{'taskIds':" + tasks + "}}");
    assertThat(client.shown()).isEqualTo("200 -32602");
  }

  @Test
  void tooManyTasksAreRefused() {
    String[] many =
        IntStream.rangeClosed(0, ListenFilter.MAX_TASKS)
            .mapToObj(i -> "T" + i)
            .toArray(String[]::new);
    assertThat(listen(many).shown()).isEqualTo("200 -32602");
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    TaskFollowing following = new TaskFollowing(new TaskDoor(rig.affinity, rig.loop), 3, meters);
    assertThat(following.tryEnter(2)).isTrue();
    assertThat(following.tryEnter(2)).isFalse();
    assertThat(meters.get("mcp.refused").tag("limit", "tasks.followed").counter().count()).isOne();
    following.leave(2);
    assertThat(following.tryEnter(3)).isTrue();
  }

  @Test
  void whatHasEndedIsSaidOnceAndNotWaitedFor() {
    String task = rig.task(WHO, "job");
    end(0);
    int asks = rig.affinity.dispatched.size();
    FakeClient client = listen(task);
    assertThat(statuses(client)).containsExactly("completed");
    assertThat(rig.affinity.dispatched)
        .as("whether it is there, and how it stands")
        .hasSize(asks + 2);
  }

  @Test
  void nothingIsSaidTwice() {
    String task = rig.task(WHO, "job");
    FakeClient client = listen(task);
    rig.modern(WHO, "tasks/update", "{'taskId':'" + task + "','inputResponses':{}}");
    assertThat(statuses(client)).containsExactly("working");
    rig.modern(WHO, "tasks/cancel", "{'taskId':'" + task + "'}");
    rig.modern(WHO, "tasks/cancel", "{'taskId':'" + task + "'}");
    assertThat(statuses(client)).containsExactly("working", "cancelled");
  }

  @Test
  void aSlowClientGetsTheLatest() {
    String slow = rig.task(WHO, "job");
    String other = rig.task(WHO, "job");
    FakeClient client = listen(slow, other);
    Promise<Void> room = Promise.promise();
    client.room = room.future();
    rig.modern(WHO, "tasks/cancel", "{'taskId':'" + other + "'}");
    int before = rig.affinity.dispatched.size();
    end(0);
    assertThat(
            rig.affinity.dispatched.subList(before, rig.affinity.dispatched.size()).stream()
                .map(request -> request.body().toString())
                .filter(ask -> ask.contains("Tell")))
        .as("nothing is fetched before it can be sent")
        .isEmpty();
    client.room = Future.succeededFuture();
    room.complete();
    assertThat(statuses(client)).containsExactly("working", "working", "cancelled", "completed");
  }

  @Test
  void whoGoesAwayIsNotWaitedFor() {
    String task = rig.task(WHO, "job");
    FakeClient client = listen(task);
    TaskWatch watch = rig.affinity.hosted(task).attached(TaskWatch.class);
    assertThat(watch.size()).as("the run, and the client").isEqualTo(2);
    assertThat(followed()).isEqualTo(1);
    client.goAway();
    assertThat(watch.size()).isEqualTo(1);
    assertThat(followed()).isZero();
    end(0);
    assertThat(statuses(client)).containsExactly("working");
  }

  @Test
  void aNodeThatLeavesEndsTheStream() {
    String task = rig.task(WHO, "job");
    FakeClient client = listen(task);
    rig.pass(Duration.ofSeconds(3));
    rig.streams.leave();
    assertThat(client.json().at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(rig.affinity.hosted(task).attached(TaskWatch.class).size()).isEqualTo(1);
    assertThat(followed()).isZero();
    end(0);
  }

  @Test
  void anOwnerThatDoesNotAnswerIsAskedAgain() {
    String task = rig.task(WHO, "job");
    rig.affinity.failDispatch(Failure.NO_QUORUM);
    FakeClient client = listen(task);
    assertThat(client.events.get(0).at("/params/notifications/taskIds/0").asText())
        .as("nobody knows that it is not there")
        .isEqualTo(task);
    assertThat(statuses(client)).isEmpty();
    rig.affinity.failDispatch(null);
    rig.loop.timePasses();
    assertThat(statuses(client)).containsExactly("working");
    end(0);
    assertThat(statuses(client)).containsExactly("working", "completed");
  }

  @Test
  void aRunInPlaceOfALostOneIsHeard() {
    String task = rig.task(WHO, "job");
    FakeClient client = listen(task);
    rig.takenOver(task);
    rig.running.get(1).complete(TaskRig.text("done"));
    assertThat(statuses(client)).startsWith("working").endsWith("completed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void whatIsToldOfATaskSurvivesTheWire(boolean terminal) {
    TaskNotice notice = new TaskNotice(1L << 40, terminal, Buffer.buffer("{\n\"a\":\"\u00e4\"}"));
    assertThat(TaskNotice.decode(notice.encode())).isEqualTo(notice);
    TaskAsk.Tell tell = new TaskAsk.Tell(RequestId.ofString("a"));
    assertThat(TaskAsk.decode(tell.encode())).isEqualTo(tell);
  }

  @Test
  void howeverManyListenTheRunHearsOfItsClient() {
    String task = rig.task(WHO, "job");
    for (int i = 0; i <= TaskWatch.MAX_WATCHERS; i++) {
      assertThat(statuses(listen(task))).containsExactly("working");
    }
    assertThat(rig.meters.get("mcp.refused").tag("limit", "tasks.waiting").counter().count())
        .isPositive();
    rig.modern(WHO, "tasks/cancel", "{'taskId':'" + task + "'}");
    assertThat(rig.calls.get(0).isCancelled()).isTrue();
  }

  @Test
  void aTaskSaysNothingOnItsWay() {
    FakeClient asked =
        rig.modern(
            WHO,
            "tools/call",
            "{'name':'job','_meta':{'progressToken':7,'io.modelcontextprotocol/logLevel':'debug'}}");
    String task = TaskRig.result(asked).path("taskId").asText();
    FakeClient client = listen(task);
    rig.calls.get(0).progress(1, 2, "half");
    rig.calls.get(0).log(LogLevel.EMERGENCY, "job", "fire");
    assertThat(asked.events).isEmpty();
    assertThat(statuses(client)).containsExactly("working");
  }
}
