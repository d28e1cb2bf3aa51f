package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks whose nodes drain, die and hand over. */
class TaskTakeoverTest extends TasksOnThreeNodes {

  @Test
  void everyNodeKnowsATaskAtOnce() throws Exception {
    String task = task(N1, "job");
    for (NodeId node : List.of(N2, N3, N1)) {
      assertThat(status(task, node)).isEqualTo("working");
    }
    awaitRunning(1);
    running.get(0).end().complete(text("done"));
    for (NodeId node : List.of(N1, N2, N3)) {
      await().until(() -> status(task, node).equals("completed"));
    }
  }

  @Test
  void aTaskThatMayRunAgainIsRunByTheNextOwnerWhenItsNodeDies() throws Exception {
    String task = task(N1, "job");
    awaitRunning(1);
    lose(N1);
    awaitRunning(2);
    assertThat(running.get(1).node()).isIn(N2, N3);
    running.get(0).end().complete(text("of the dead"));
    running.get(1).end().complete(text("of the living"));
    await().until(() -> status(task, N3).equals("completed"));
    assertThat(task(task, N2).at("/result/result/content/0/text").asText())
        .isEqualTo("of the living");
  }

  @Test
  void aTaskThatMayNotRunAgainFailsWithinTwoSecondsOfTheLoss() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    lose(N1);
    await().atMost(2, TimeUnit.SECONDS).until(() -> status(task, N3).equals("failed"));
    assertThat(task(task, N2).at("/result/error/code").asInt()).isEqualTo(-32010);
    assertThat(running).hasSize(1);
  }

  @Test
  void aTaskMovesWhileItsToolRunsWhereItIs() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    assertThat(get(nodes.get(N3).admin().migrate(task, "n2", List.of())).owner()).isEqualTo("n2");
    assertThat(status(task, N1)).isEqualTo("working");
    running.get(0).end().complete(text("done"));
    await().until(() -> status(task, N3).equals("completed"));
    assertThat(placed(task, N3).owner()).isEqualTo("n2");
    assertThat(running).hasSize(1);
  }

  @Test
  void aCancellationFindsTheToolWhereverTheTaskHasMoved() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    get(nodes.get(N3).admin().migrate(task, "n2", List.of()));
    get(nodes.get(N3).admin().migrate(task, "n3", List.of()));
    get(modern(N2, "tasks/cancel", new JsonObject().put("taskId", task)));
    await().until(() -> running.get(0).call().isCancelled());
    assertThat(status(task, N1)).isEqualTo("cancelled");
  }

  @Test
  void theOwnerNoticesThatTheNodeWhichRunsTheTaskIsLost() throws Exception {
    String may = task(N1, "job");
    String mayNot = task(N1, "once");
    awaitRunning(2);
    get(nodes.get(N3).admin().migrate(may, "n2", List.of()));
    get(nodes.get(N3).admin().migrate(mayNot, "n2", List.of()));
    lose(N1);
    awaitRunning(3);
    assertThat(running.get(2).node()).isEqualTo(N2);
    await().atMost(2, TimeUnit.SECONDS).until(() -> status(mayNot, N3).equals("failed"));
    running.get(2).end().complete(text("done"));
    await().until(() -> status(may, N3).equals("completed"));
  }

  @Test
  void aDrainedNodeGivesItsTasksAwayAndTheirToolsEndHere() throws Exception {
    String task = task(N1, "once");
    awaitRunning(1);
    assertThat(get(nodes.get(N1).drain(Duration.ofSeconds(5)))).isZero();
    assertThat(placed(task, N3).owner()).isIn("n2", "n3");
    Future<Void> ended = servers.get(N1).tasksEnded();
    assertThat(ended.isComplete()).isFalse();
    running.get(0).end().complete(text("done"));
    get(ended);
    assertThat(status(task, N2)).isEqualTo("completed");
  }

  @Test
  void aTaskMadeThroughANodeThatDrainsRunsElsewhere() throws Exception {
    get(nodes.get(N1).drain(Duration.ofSeconds(5)));
    String task = task(N1, "once");
    awaitRunning(1);
    assertThat(running.get(0).node()).isIn(N2, N3);
    get(servers.get(N1).tasksEnded());
    running.get(0).end().complete(text("done"));
    await().until(() -> status(task, N1).equals("completed"));
  }

  @Test
  void whoWaitsForTheResultFollowsTheTaskThroughMovesAndLosses() throws Exception {
    String session = session(N3);
    String task =
        get(legacy(N3, session, "tools/call", "{'name':'job','task':{}}"))
            .at("/result/task/taskId")
            .asText();
    awaitRunning(1);
    Future<JsonNode> here = legacy(N3, session, "tasks/result", "{'taskId':'" + task + "'}");
    Future<JsonNode> there = legacy(N2, session, "tasks/result", "{'taskId':'" + task + "'}");
    get(nodes.get(N3).admin().migrate(task, "n1", List.of("n3", "n2")));
    lose(N1);
    await().until(() -> !placed(task, N2).owner().equals("n1"));
    assertThat(here.isComplete() || there.isComplete()).isFalse();
    running.get(running.size() - 1).end().complete(text("done"));
    for (Future<JsonNode> waiting : List.of(here, there)) {
      assertThat(get(waiting).at("/result/content/0/text").asText()).isEqualTo("done");
    }
  }

  @Test
  void waitingForAResultDoesNotHoldUpAMoveOfTheSession() throws Exception {
    String session = session(N3);
    String task =
        get(legacy(N3, session, "tools/call", "{'name':'job','task':{}}"))
            .at("/result/task/taskId")
            .asText();
    awaitRunning(1);
    Future<JsonNode> waiting = legacy(N2, session, "tasks/result", "{'taskId':'" + task + "'}");
    await().until(() -> network.openAsks() > 0);
    assertThat(get(nodes.get(N2).admin().migrate(session, "n1", List.of())).owner())
        .isEqualTo("n1");
    running.get(0).end().complete(text("done"));
    assertThat(get(waiting).at("/result/content/0/text").asText()).isEqualTo("done");
  }

  @Test
  void aTaskIsUnknownWhenItsTimeIsOverAndItsToolIsTold() throws Exception {
    String session = session(N1);
    String task =
        get(legacy(N1, session, "tools/call", "{'name':'job','task':{'ttl':300}}"))
            .at("/result/task/taskId")
            .asText();
    String params = "{'taskId':'" + task + "'}";
    await()
        .until(
            () ->
                get(legacy(N2, session, "tasks/get", params)).at("/error/code").asInt() == -32602);
    await().until(() -> running.get(0).call().isCancelled());
  }
}
