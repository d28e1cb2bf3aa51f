package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks on three nodes, each request at another one, while the nodes that run them are lost. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TasksIT {

  private static final Duration HONEST = Duration.ofSeconds(10);

  private static final String BOTH = "application/json, text/event-stream";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Vertx vertx;
  private static ClusterProcesses cluster;
  private static RoundRobinProxy proxy;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    cluster =
        ClusterProcesses.start(
            3, command -> command.set("plugins.dir", "target/conformance-plugin"));
    proxy = RoundRobinProxy.start(vertx, cluster.uris());
  }

  @AfterAll
  static void stop() {
    if (proxy != null) {
      proxy.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    vertx.close().await();
  }

  @AfterEach
  void startWhatWasStopped() {
    for (int i = 0; i < cluster.size(); i++) {
      if (!cluster.node(i).isAlive()) {
        cluster.restart(i);
      }
    }
    cluster.awaitReplicasComplete();
  }

  private static NextNode at(URI... nodes) {
    return new NextNode(List.of(nodes));
  }

  private static NextNode.Answer modern(
      NextNode client, String method, String name, String params) {
    return client.post(
        "{'jsonrpc':'2.0','id':1,'method':'"
            + method
            + "','params':{"
            + params
            + ",'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':"
            + "{'extensions':{'io.modelcontextprotocol/tasks':{}}}}}}",
        "MCP-Protocol-Version",
        "2026-07-28",
        "Mcp-Method",
        method,
        "Mcp-Name",
        name);
  }

  /** The id of the task that the call has become. */
  private static String call(NextNode client, String tool, String arguments) {
    NextNode.Answer answer =
        modern(client, "tools/call", tool, "'name':'" + tool + "','arguments':{" + arguments + "}");
    assertThat(answer.result().path("resultType").asText()).as(answer.text()).isEqualTo("task");
    return answer.result().path("taskId").asText();
  }

  private static JsonNode get(NextNode client, String task) {
    NextNode.Answer answer = modern(client, "tasks/get", task, "'taskId':'" + task + "'");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.result();
  }

  private int owner(String task, int asked) {
    String name =
        cluster.admin(asked).tryGet("/cluster/sessions/" + task).body().path("owner").asText();
    for (int i = 0; i < cluster.size(); i++) {
      if (cluster.name(i).equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException("no owner of " + task + ": " + name);
  }

  @Test
  void aTaskIsKnownEverywhereAtOnce() {
    NextNode client = at(proxy.uri());
    String task = call(client, "sleep", "'ms':700");
    for (int i = 0; i < cluster.size(); i++) {
      assertThat(get(client, task).path("taskId").asText()).isEqualTo(task);
    }
    Await.until(
        "the task is done",
        Duration.ofSeconds(20),
        () -> get(client, task).path("status").asText().equals("completed"));
    for (URI node : cluster.uris()) {
      assertThat(get(at(node), task).at("/result/content/0/text").asText())
          .isEqualTo("slept 700 ms");
    }
  }

  @Test
  void aRepeatableTaskIsDoneThoughTheNodeThatRanItIsKilled() {
    String task = call(at(cluster.uris().get(0)), "sleep", "'ms':3000");
    assertThat(owner(task, 1)).isZero();
    cluster.node(0).kill9();
    NextNode survivor = at(cluster.uris().get(2));
    Await.until(
        "the task is done by another node",
        Duration.ofSeconds(30),
        () -> get(survivor, task).path("status").asText().equals("completed"));
    assertThat(get(survivor, task).at("/result/content/0/text").asText())
        .isEqualTo("slept 3000 ms");
  }

  @Test
  void aTaskThatMayNotRunTwiceFailsHonestlyWhenTheNodeThatRanItIsKilled() {
    String task = call(at(cluster.uris().get(0)), "long_duty", "'seconds':60");
    assertThat(owner(task, 1)).isZero();
    cluster.node(0).kill9();
    NextNode survivor = at(cluster.uris().get(2));
    long killed = System.nanoTime();
    Await.until(
        "the task has failed",
        HONEST,
        () -> get(survivor, task).path("status").asText().equals("failed"));
    System.out.println(
        "a task failed honestly "
            + (System.nanoTime() - killed) / 1_000_000
            + " ms after the kill");
    JsonNode failed = get(survivor, task);
    assertThat(failed.at("/error/code").asInt()).isEqualTo(-32010);
    assertThat(failed.at("/error/data/executed").asText()).isEqualTo("unknown");
  }

  @Test
  void aRunningTaskOutlivesTheOrderlyStopOfItsNode() {
    String task = call(at(cluster.uris().get(0)), "long_duty", "'seconds':3");
    cluster.node(0).terminate();
    assertThat(cluster.node(0).exitCode(Duration.ofSeconds(60))).isZero();
    NextNode survivor = at(cluster.uris().get(2));
    Await.until(
        "the task is done",
        Duration.ofSeconds(10),
        () -> !get(survivor, task).path("status").asText().equals("working"));
    assertThat(get(survivor, task).at("/result/content/0/text").asText())
        .isEqualTo("Did its duty for 3.0 s");
  }

  @Test
  void theResultIsWaitedForThroughAnyNodeWhileTheTaskMoves() throws Exception {
    NextNode client = at(proxy.uri());
    String session = client.open("2025-11-25");
    String[] headers = {"MCP-Protocol-Version", "2025-11-25", "Mcp-Session-Id", session};
    client.post("{'jsonrpc':'2.0','method':'notifications/initialized'}", headers);
    NextNode.Answer created =
        client.post(
            "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':"
                + "{'name':'long_duty','arguments':{'seconds':4},'task':{}}}",
            headers);
    String task = created.result().at("/task/taskId").asText();
    int owner = owner(task, 0);
    String target = cluster.name((owner + 1) % cluster.size());
    CompletableFuture<NextNode.Answer> waiting =
        CompletableFuture.supplyAsync(
            () ->
                at(proxy.uri())
                    .post(
                        "{'jsonrpc':'2.0','id':3,'method':'tasks/result','params':{'taskId':'"
                            + task
                            + "'}}",
                        headers));
    assertThat(
            cluster
                .admin(0)
                .post("/cluster/sessions/" + task + "/migrate", "{\"target\":\"" + target + "\"}")
                .status())
        .isEqualTo(200);
    assertThat(cluster.name(owner(task, 0))).isEqualTo(target);
    NextNode.Answer result = waiting.get(30, TimeUnit.SECONDS);
    assertThat(result.result().at("/content/0/text").asText()).isEqualTo("Did its duty for 4.0 s");
    assertThat(result.result().at("/_meta/io.modelcontextprotocol~1related-task/taskId").asText())
        .isEqualTo(task);
    NextNode.Answer listed =
        client.post("{'jsonrpc':'2.0','id':4,'method':'tasks/list','params':{}}", headers);
    assertThat(listed.result().at("/tasks/0/taskId").asText()).isEqualTo(task);
    assertThat(listed.result().at("/tasks/0/status").asText()).isEqualTo("completed");
  }

  /** The statuses of this task that were heard, with the method of their notifications. */
  private static List<String> heard(EventReader reader, String method, String task) {
    return reader.data().stream()
        .map(TasksIT::json)
        .filter(message -> message.path("method").asText().equals(method))
        .map(message -> message.path("params"))
        .filter(params -> params.path("taskId").asText().equals(task))
        .map(params -> params.path("status").asText())
        .toList();
  }

  private static JsonNode json(String data) {
    try {
      return JSON.readTree(data);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(data, notJson);
    }
  }

  private static EventReader listen(URI node, String task) {
    String body =
        "{'jsonrpc':'2.0','id':7,'method':'subscriptions/listen','params':{'notifications':"
            + "{'taskIds':['"
            + task
            + "']},'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
            + "'io.modelcontextprotocol/clientCapabilities':"
            + "{'extensions':{'io.modelcontextprotocol/tasks':{}}}}}}";
    return new EventReader(
        HttpRequest.newBuilder(node)
            .headers("Content-Type", "application/json", "Accept", BOTH)
            .headers("MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "subscriptions/listen")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build());
  }

  @Test
  void whoListensHearsOfATaskWhoseNodeIsKilled() {
    String task = call(at(cluster.uris().get(0)), "long_duty", "'seconds':60");
    try (EventReader reader = listen(cluster.uris().get(2), task)) {
      Await.until(
          "it is heard of",
          HONEST,
          () -> heard(reader, "notifications/tasks", task).equals(List.of("working")));
      JsonNode first = json(reader.data().get(0));
      assertThat(first.path("method").asText())
          .isEqualTo("notifications/subscriptions/acknowledged");
      assertThat(first.at("/params/notifications/taskIds/0").asText()).isEqualTo(task);
      cluster.node(0).kill9();
      Await.until(
          "its end is heard of",
          Duration.ofSeconds(30),
          () -> heard(reader, "notifications/tasks", task).contains("failed"));
      JsonNode last = json(reader.data().get(reader.data().size() - 1)).path("params");
      assertThat(last.at("/error/code").asInt()).isEqualTo(-32010);
      assertThat(last.at("/_meta/io.modelcontextprotocol~1subscriptionId").asInt()).isEqualTo(7);
    }
  }

  @Test
  void theNewsOfASessionSayAtAnyNodeHowItsTaskStands() {
    NextNode client = at(cluster.uris().get(0));
    String session = client.open("2025-11-25");
    String[] headers = {"MCP-Protocol-Version", "2025-11-25", "Mcp-Session-Id", session};
    client.post("{'jsonrpc':'2.0','method':'notifications/initialized'}", headers);
    HttpRequest get =
        HttpRequest.newBuilder(cluster.uris().get(2))
            .headers(headers)
            .header("Accept", "text/event-stream")
            .GET()
            .build();
    try (EventReader reader = new EventReader(get)) {
      String task =
          at(cluster.uris().get(1))
              .post(
                  "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':"
                      + "{'name':'sleep','arguments':{'ms':500},'task':{}}}",
                  headers)
              .result()
              .at("/task/taskId")
              .asText();
      Await.until(
          "its end is heard of",
          Duration.ofSeconds(20),
          () -> heard(reader, "notifications/tasks/status", task).equals(List.of("completed")));
    }
  }
}
