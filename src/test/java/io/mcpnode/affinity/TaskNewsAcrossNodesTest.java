package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.wire.FakeSpans.FakeSpan;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span.Hop;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients hear at any node of tasks that are owned by another one, and run by a third. */
class TaskNewsAcrossNodesTest extends TasksOnThreeNodes {

  private String sessionTask(NodeId at, String session) throws Exception {
    return get(legacy(at, session, "tools/call", "{'name':'job','task':{}}"))
        .at("/result/task/taskId")
        .asText();
  }

  private void done(int call) {
    running.get(call).end().complete(text("done"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n1", "n2", "n3"})
  void whoListensHearsOfATaskOfAnyNode(String owner) throws Exception {
    String task = task(new NodeId(owner, 1), "once");
    awaitRunning(1);
    Client client = listen(N3, task);
    await().until(() -> client.statuses(task).equals(List.of("working")));
    done(0);
    await().until(() -> client.statuses(task).equals(List.of("working", "completed")));
    assertThat(client.heard.get(2).at("/params/result/content/0/text").asText()).isEqualTo("done");
  }

  @Test
  void aTaskIsHeardOfWhileItMoves() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    Client client = listen(N3, task);
    await().until(() -> !client.statuses(task).isEmpty());
    for (String target : List.of("n2", "n3", "n2")) {
      get(nodes.get(N1).admin().migrate(task, target, List.of()));
    }
    done(0);
    await().until(() -> client.statuses(task).contains("completed"));
    assertThat(client.statuses(task)).startsWith("working").containsOnlyOnce("completed");
  }

  @Test
  void theEndOfATaskWhoseNodeIsLostIsHeard() throws Exception {
    String may = task(N1, "job");
    String mayNot = task(N1, "once");
    awaitRunning(2);
    Client ofOne = listen(N3, may);
    Client ofTheOther = listen(N2, mayNot);
    await().until(() -> !ofOne.statuses(may).isEmpty() && !ofTheOther.statuses(mayNot).isEmpty());
    lose(N1);
    await().until(() -> ofTheOther.statuses(mayNot).contains("failed"));
    awaitRunning(3);
    done(2);
    await().until(() -> ofOne.statuses(may).contains("completed"));
  }

  @Test
  void whoGoesAwayLeavesNothingOpenAtTheOwner() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    int before = network.openAsks();
    Client client = listen(N3, task);
    await().until(() -> !client.statuses(task).isEmpty() && network.openAsks() > before);
    client.goAway();
    await().until(() -> network.openAsks() == before);
  }

  @Test
  void whoStopsWaitingForAResultLeavesNothingOpenAtTheOwner() throws Exception {
    String session = session(N1);
    String task = sessionTask(N1, session);
    awaitRunning(1);
    get(nodes.get(N1).admin().migrate(task, "n2", List.of()));
    // The run, which stayed at the first node, has found the owner.
    await().until(() -> network.openAsks() == 1);
    Client waiting = client(N3, session, "tasks/result", "{'taskId':'" + task + "'}");
    // From the edge to the owner of the session, and from there to that of the task.
    await().until(() -> network.openAsks() == 3);
    waiting.goAway();
    await().until(() -> network.openAsks() == 1);
  }

  @Test
  void theNewsOfASessionSayHowItsTasksStandWhereverTheyAre() throws Exception {
    String session = session(N1);
    String task = sessionTask(N2, session);
    awaitRunning(1);
    Client news = news(N3, session);
    get(nodes.get(N1).admin().migrate(task, "n2", List.of()));
    done(0);
    await().until(() -> news.statuses(task).equals(List.of("completed")));
    assertThat(news.heard.get(0).path("method").asText()).isEqualTo("notifications/tasks/status");
  }

  @Test
  void theNewsFollowASessionThatMoves() throws Exception {
    String session = session(N1);
    String task = sessionTask(N1, session);
    awaitRunning(1);
    Client news = news(N3, session);
    get(nodes.get(N1).admin().migrate(session, "n2", List.of()));
    // The stream goes on there after a moment, and says first that all may have changed.
    await().until(() -> !news.heard.isEmpty());
    done(0);
    await().until(() -> news.statuses(task).equals(List.of("completed")));
  }

  @Test
  void whatIsAskedAboutATaskIsTracedToItsOwner() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    spans.on = true;
    spans.begun.clear();
    get(modern(N2, "tasks/get", new JsonObject().put("taskId", task)));
    FakeSpan edge = spans.only(Hop.EDGE);
    assertThat(spans.only(Hop.ROUTE).parent).isEqualTo(edge.traceparent);
    assertThat(spans.only(Hop.SERVE).parent).isEqualTo(spans.only(Hop.FORWARD).traceparent);
    await().until(() -> spans.begun.stream().allMatch(span -> span.ended == 1));
  }

  @Test
  void aRunOnAnotherNodeIsInTheTraceOfItsCall() throws Exception {
    spans.on = true;
    task(N1, "job");
    awaitRunning(1);
    String edge = spans.only(Hop.EDGE).traceparent;
    lose(N1);
    awaitRunning(2);
    assertThat(
            spans.begun.stream().filter(span -> span.hop == Hop.EXECUTE).map(span -> span.parent))
        .containsExactly(edge, edge);
  }
}
