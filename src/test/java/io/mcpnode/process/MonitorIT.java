package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** How three nodes watch each other. The last test kills one and starts it again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MonitorIT {

  private static final int SESSIONS = 12;
  private static final int MAX_HISTORY = 4;
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static Vertx vertx;
  private static ClusterProcesses cluster;
  private static McpClient client;
  private static EventReader events;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    cluster =
        ClusterProcesses.start(
            3, node -> node.set("cluster.maxHealthHistory", Integer.toString(MAX_HISTORY)));
    client = new McpClient(vertx, cluster.uris(), 16);
    events = new EventReader(cluster.uris().get(0));
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      sessions.add(client.open().await().session());
    }
    for (String session : sessions) {
      assertThat(client.call(session, "counter", new JsonObject()).await().isResult()).isTrue();
    }
  }

  @AfterAll
  static void stop() {
    events.close();
    client.close();
    cluster.close();
    vertx.close().await();
  }

  private static JsonNode get(int node, String path) {
    AdminClient.Answer answer = cluster.admin(node).get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode metrics(int node) {
    return get(node, "/cluster/metrics");
  }

  @Test
  @Order(1)
  void everyNodeCountsTheSameCluster() {
    for (int i = 0; i < 3; i++) {
      int node = i;
      Await.until(
          "n" + (i + 1) + " counts all sessions and copies",
          LIMIT,
          () ->
              metrics(node).path("sessions").asInt() == SESSIONS
                  && metrics(node).path("replicasPresent").asInt() == 2 * SESSIONS);
      JsonNode metrics = metrics(node);
      assertThat(metrics.path("totalNodes").asInt()).isEqualTo(3);
      assertThat(metrics.path("unhealthyNodes").asInt()).as(metrics.toString()).isZero();
      assertThat(metrics.path("partitionDetected").asBoolean(true)).isFalse();
      assertThat(metrics.path("replicasWanted").asInt()).isEqualTo(2 * SESSIONS);
      assertThat(metrics.path("alerts")).isEmpty();
    }
  }

  @Test
  @Order(2)
  void theHealthOfANodeIsKnownAtAnotherOne() {
    JsonNode health = get(0, "/cluster/nodes/n2/health?fresh=true");
    assertThat(health.path("health").asText()).isNotEqualTo("unhealthy");
    assertThat(health.path("rttMicros").asInt()).isPositive();
    assertThat(health.path("memory").path("usedBytes").asLong()).isPositive();
    assertThat(health.path("reaches").toString()).isEqualTo("[\"n1\",\"n3\"]");
    assertThat(health.path("history")).isNotEmpty();
    assertThat(cluster.admin(0).get("/cluster/nodes/nobody/health").status()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void requestsAreCountedByMethodAndOutcome() {
    AdminClient.Answer metrics = cluster.admin(1).get("/metrics");
    assertThat(metrics.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    String text = metrics.text();
    assertThat(text)
        .contains("mcp_requests_seconds_count{method=\"tools/call\",outcome=\"ok\"}")
        .contains("mcp_requests_seconds_bucket{method=\"tools/call\",outcome=\"ok\",le=\"0.1\"}")
        .contains(
            "jvm_memory_used_bytes", "jvm_gc_", "jvm_threads_live_threads", "process_cpu_usage")
        .containsPattern("mcp_sessions [0-9]")
        .containsPattern("mcp_replicas_wanted [0-9]")
        .contains("mcp_wire_requests{direction=\"asked\"}", "mcp_requests_forwarded_total");
  }

  @Test
  @Order(4)
  void thresholdsSetAtOneNodeAreInEffectAtAll() {
    AdminClient.Answer set =
        cluster.admin(2).put("/cluster/thresholds", "{\"failedPingThreshold\": 4}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    assertThat(set.body().path("failedPingThreshold").asInt()).isEqualTo(4);
    for (int i = 0; i < 3; i++) {
      assertThat(get(i, "/cluster/thresholds").path("failedPingThreshold").asInt()).isEqualTo(4);
    }
    AdminClient.Answer wrong =
        cluster.admin(1).put("/cluster/thresholds", "{\"failedPingThreshold\": 0}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("failedPingThreshold: 0 (expected: 1 to 1000)");
  }

  @Test
  @Order(5)
  void whatHappensAtOneNodeIsHeardAtAnother() {
    assertThat(cluster.admin(1).post("/cluster/nodes/n2/drain", "").status()).isEqualTo(202);
    Await.until("n1 tells that n2 drains", LIMIT, () -> events.saw("state", "n2 is draining"));
    Await.until("n1 tells what moved", LIMIT, () -> events.saw("migration", "from n2 to"));
    assertThat(cluster.admin(0).delete("/cluster/nodes/n2/drain").status()).isEqualTo(200);
    Await.until("n1 tells that n2 serves", LIMIT, () -> events.saw("state", "n2 is serving"));
  }

  @Test
  @Order(6)
  void everyEventHasAnIdItsTypeAndTheSameFields() throws JsonProcessingException {
    List<String> lines = events.lines();
    List<String> ids = new ArrayList<>();
    for (int i = 2; i < lines.size(); i++) {
      if (lines.get(i).startsWith("data: ")) {
        JsonNode event = new ObjectMapper().readTree(lines.get(i).substring(6));
        assertThat(Shape.of(event).replaceFirst("details:\\{.*}}$", "details:{}}"))
            .as(lines.get(i))
            .isEqualTo("{type:s, at:s, node:s, message:s, details:{}}");
        assertThat(lines.get(i - 1)).isEqualTo("event: " + event.path("type").asText());
        assertThat(lines.get(i - 2)).startsWith("id: ");
        ids.add(lines.get(i - 2));
      }
    }
    assertThat(ids).hasSizeGreaterThan(2).doesNotHaveDuplicates();
  }

  @Test
  @Order(6)
  void untilHereNobodyWasAlarmed() {
    assertThat(events.lines()).noneMatch(line -> line.matches("event: (alert|partition)"));
    for (int i = 0; i < 3; i++) {
      assertThat(cluster.node(i).log()).noneMatch(line -> line.contains("Alert"));
    }
  }

  @Test
  @Order(7)
  void aNodeThatIsKilledIsAnEventAndUnhealthyAndItsEndIsOverWhenItIsBack() {
    String before = events.lastId();
    cluster.node(2).kill9();
    Await.until("the event", LIMIT, () -> events.saw("node_down", "n3 is down: died"));
    Await.until("the alert", LIMIT, () -> events.saw("alert", "node_unhealthy"));
    for (int i = 0; i < 2; i++) {
      int node = i;
      Await.until(
          "one is unhealthy", LIMIT, () -> metrics(node).path("unhealthyNodes").asInt() == 1);
      JsonNode metrics = metrics(i);
      assertThat(metrics.path("totalNodes").asInt()).isEqualTo(3);
      assertThat(metrics.path("partitionDetected").asBoolean(true)).isFalse();
    }
    JsonNode dead = get(1, "/cluster/nodes/n3/health?fresh=true");
    assertThat(dead.path("health").asText()).isEqualTo("unhealthy");
    assertThat(dead.path("status").asText()).isEqualTo("down");
    assertThat(dead.path("state").asText()).isEqualTo("quarantined");
    assertThat(dead.path("ageMillis").asLong()).isPositive();
    assertThat(dead.path("memory").path("maxBytes").asLong()).isPositive();
    assertThat(dead.path("workInProgress").isInt()).isTrue();
    Await.until(
        "the alert is counted",
        LIMIT,
        () ->
            cluster
                .admin(0)
                .get("/metrics")
                .text()
                .contains("mcp_alerts_total{type=\"node_unhealthy\"} 1.0"));
    try (EventReader again = new EventReader(cluster.uris().get(0), "Last-Event-ID", before)) {
      Await.until("it is told again", LIMIT, () -> again.saw("node_down", "n3 is down: died"));
      assertThat(again.lines()).noneMatch(line -> line.equals("event: gap"));
    }
    cluster.restart(2);
    Await.until("the alert is over", LIMIT, () -> events.saw("alert", "\"active\":false"));
    Await.until("all are healthy", LIMIT, () -> metrics(2).path("healthyNodes").asInt() == 3);
    assertThat(get(0, "/cluster/nodes/n2/health").path("history"))
        .as("a reading a second, for longer than that")
        .hasSize(MAX_HISTORY);
    Await.until(
        "n3 has the thresholds of the others",
        LIMIT,
        () -> get(2, "/cluster/thresholds").path("failedPingThreshold").asInt() == 4);
  }
}
