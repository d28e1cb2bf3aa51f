package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.monitor.ClusterEvent;
import io.mcpnode.monitor.ClusterMonitor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of the monitor, its events and the dashboard over HTTP. */
class MonitorRoutesTest {

  private EdgeFixture edge;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    edge = EdgeFixture.start();
    client = edge.connect();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    edge.close();
  }

  private RawClient.Response send(String line, String body) throws Exception {
    String json = "Host: localhost\r\nContent-Type: application/json\r\n";
    return client.send(WrongRequest.request(line + " HTTP/1.1", json, body)).read();
  }

  @Test
  void theHealthOfANodeIsShownWithItsHistory() throws Exception {
    JsonObject health = new JsonObject(send("GET /cluster/nodes/n1/health?fresh=true", "").body());
    assertThat(health)
        .isEqualTo(
            new JsonObject(
                """
                {"node": "n1", "health": "degraded", "status": "up", "state": "serving", "reason": "",
                 "failedPings": 1, "ageMillis": 40, "rttMicros": 250, "workInProgress": 5,
                 "calls": 2, "requests": 3, "eventLoopLagMicros": 400,
                 "memory": {"usedBytes": 1000, "maxBytes": 4000}, "sessions": 12,
                 "replicasWanted": 24, "replicasPresent": 23, "reaches": ["n3"],
                 "requestsPerSecond": 10.26, "errorsPerSecond": 0.5, "p50Micros": 700,
                 "p99Micros": 9000,
                 "history": [{"at": "1970-01-01T00:00:01.500Z", "health": "healthy",
                   "failedPings": 0, "workInProgress": 4, "eventLoopLagMicros": 300,
                   "memoryUsedBytes": 900, "sessions": 12, "requestsPerSecond": 9.0,
                   "errorsPerSecond": 0.0, "p99Micros": 8000}]}"""));
    send("GET /cluster/nodes/n1/health", "");
    assertThat(edge.operations.monitor.calls).containsExactly("health n1 true", "health n1 false");
  }

  @Test
  void theMetricsAreWhatTheContractSays() throws Exception {
    JsonObject metrics = new JsonObject(send("GET /cluster/metrics", "").body());
    JsonArray nodes = metrics.getJsonArray("nodes");
    assertThat(nodes).hasSize(2);
    JsonObject lost = nodes.getJsonObject(1);
    assertThat(lost.fieldNames()).isEqualTo(nodes.getJsonObject(0).fieldNames());
    assertThat(lost.getString("status")).isEqualTo("down");
    assertThat(lost.getString("state")).isEqualTo("quarantined");
    assertThat(lost.getValue("ageMillis")).as("it never told anything").isNull();
    assertThat(lost.getValue("memory")).isNull();
    metrics.remove("nodes");
    assertThat(metrics)
        .isEqualTo(
            new JsonObject(
                """
                {"totalNodes": 2, "healthyNodes": 0, "degradedNodes": 1, "unhealthyNodes": 1,
                 "partitionDetected": true, "partitionReason": "not reachable: n2",
                 "lastCheckTime": "1970-01-01T00:00:02Z", "sessions": 12,
                 "replicasWanted": 24, "replicasPresent": 23,
                 "thresholds": {"failedPingThreshold": 3, "processCountThreshold": 1000,
                   "partitionThreshold": 3},
                 "alerts": [{"type": "node_unhealthy", "subject": "n2",
                   "message": "n2 unreachable", "since": "1970-01-01T00:00:01Z"}]}"""));
  }

  @Test
  void theThresholdsThatAreNotNamedStay() throws Exception {
    String wanted =
        "{\"failedPingThreshold\":5,\"processCountThreshold\":1000,\"partitionThreshold\":3}";
    assertThat(send("PUT /cluster/thresholds", "{\"failedPingThreshold\":5}").body())
        .isEqualTo(wanted);
    assertThat(send("GET /cluster/thresholds", "").body()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT /cluster/thresholds | {} | 400 | no threshold",
        "PUT /cluster/thresholds | `` | 400 | empty",
        "PUT /cluster/thresholds | {\"failedPings\":5} | 400 | failedPings: no such field",
        "PUT /cluster/thresholds | {\"failedPingThreshold\":\"5\"} | 400 | a whole number",
        "PUT /cluster/thresholds | {\"failedPingThreshold\":null} | 400 | a whole number",
        "PUT /cluster/thresholds | {\"failedPingThreshold\":1.5} | 400 | a whole number",
        "PUT /cluster/thresholds | {\"failedPingThreshold\":99999999999} | 400 | a whole number",
        "PUT /cluster/thresholds | {\"failedPingThreshold\":0} | 400 | 0 (expected: 1 to 1000)",
        "PUT /cluster/thresholds | {\"partitionThreshold\":1001} | 400 | 1001 (expected: 1 to",
        "PUT /cluster/thresholds | [5] | 400 | a JSON object",
        "POST /cluster/thresholds | {} | 405 | allowed: GET, HEAD, PUT",
        "GET /cluster/metrics?a=1 | `` | 400 | a: no such parameter",
        "DELETE /cluster/metrics | `` | 405 | allowed: GET",
        "GET /cluster/nodes/n9/health | `` | 404 | n9",
        "GET /cluster/nodes/n1/health?fresh=yes | `` | 400 | fresh: yes (expected: true or false)",
        "GET /cluster/nodes/n1/health?fresh=true&fresh=true | `` | 400 | once",
        "GET /cluster/nodes/n1/health?deep=true | `` | 400 | deep: no such parameter",
        "POST /cluster/nodes/n1/health | {} | 405 | allowed: GET",
        "GET /cluster/events?recent=1001 | `` | 400 | 0 to 1000",
        "GET /cluster/events?recent=x | `` | 400 | recent: x",
        "POST /cluster/events | {} | 405 | allowed: GET",
        "GET /dashboard/secret.js | `` | 404 | no such file",
        "POST /dashboard | {} | 405 | allowed: GET"
      })
  void whatIsWrongIsNamed(String line, String body, int status, String message) throws Exception {
    RawClient.Response response = send(line, body);
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("\"error\"").contains(message.replace("\"", "\\\""));
  }

  /** The stream up to this text. */
  private String readUntil(String text) throws Exception {
    StringBuilder all = new StringBuilder();
    while (all.indexOf(text) < 0) {
      String chunk = client.readChunk();
      assertThat(chunk).as("ended after %s", all).isNotEmpty();
      all.append(chunk);
    }
    return all.toString();
  }

  @Test
  void eventsAreStreamedWithTheirIds() throws Exception {
    client.send(
        "GET /cluster/events?recent=5 HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: n1:3\r\n\r\n");
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> edge.operations.monitor.calls.contains("listen n1:3 5"));
    RawClient.Response head = client.readHead();
    assertThat(head.header("content-type")).isEqualTo("text/event-stream");
    assertThat(head.header("cache-control")).isEqualTo("no-store");
    edge.operations.monitor.happens("n1:4", "n2 is down");
    assertThat(
            readUntil(
                "id: n1:4\nevent: node_down\ndata: {\"type\":\"node_down\","
                    + "\"at\":\"1970-01-01T00:00:00Z\",\"node\":\"n1\","
                    + "\"message\":\"n2 is down\",\"details\":{\"subject\":\"n2\"}}\n\n"))
        .contains("retry: 2000\n");
    client.close();
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> edge.operations.monitor.listeners.isEmpty());
  }

  @Test
  void whatHappensAfterTheNodeEndedAStreamIsNotWritten() throws Exception {
    List<Throwable> problems = new CopyOnWriteArrayList<>();
    edge.vertx.exceptionHandler(problems::add);
    client.send("GET /cluster/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.readHead();
    readUntil("retry: 2000\n");
    ClusterMonitor.Listener listener = edge.operations.monitor.listeners.get(0);
    edge.server.quiesce(Duration.ofSeconds(5));
    assertThat(client.readChunk()).isEmpty();
    listener.event(
        "n1:5", new ClusterEvent(0, ClusterEvent.Type.NODE_DOWN, "n1", "n2", new JsonObject()));
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> edge.operations.monitor.listeners.isEmpty());
    assertThat(problems).isEmpty();
  }

  @Test
  void aReaderThatReadsNothingIsLetGoAndCounted() throws Exception {
    client.send("GET /cluster/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.readHead();
    readUntil("retry: 2000\n");
    String large = "x".repeat(10_000);
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                edge.operations.monitor.happens("n1:1", large);
              }
              return edge.operations.monitor.listeners.isEmpty();
            });
    assertThat(
            edge.operations
                .meters
                .get("mcp.refused")
                .tag("limit", "slow reader of events")
                .counter()
                .count())
        .isEqualTo(1);
    readUntil("event: dropped");
  }

  @Test
  void theDashboardIsThreeFilesThatAskNobodyElse() throws Exception {
    RawClient.Response page = send("GET /dashboard", "");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self'")
        .doesNotContain("unsafe", "http");
    assertThat(page.body()).contains("dashboard/dashboard.css", "dashboard/dashboard.js");
    assertThat(page.body().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://", "style=", "onclick=");
    RawClient.Response script = send("GET /dashboard/dashboard.js", "");
    assertThat(script.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(script.body().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://", "innerHTML", "eval(");
    assertThat(send("GET /dashboard/dashboard.css", "").body())
        .contains("prefers-color-scheme: dark")
        .doesNotContain("url(", "@import");
  }

  @Test
  void theDashboardWithASlashIsWhereItIsWithout() throws Exception {
    RawClient.Response moved = send("GET /dashboard/", "");
    assertThat(moved.status()).isEqualTo(308);
    assertThat(URI.create("/dashboard/").resolve(moved.header("location")))
        .isEqualTo(URI.create("/dashboard"));
    assertThat(send("GET /dashboard", "").status()).isEqualTo(200);
  }

  @Test
  void withATokenThePageAsksForIt() throws Exception {
    try (EdgeFixture locked = EdgeFixture.withToken("secret");
        RawClient stranger = locked.connect()) {
      String host = " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertThat(stranger.send("GET /dashboard" + host).read().status()).isEqualTo(200);
      assertThat(stranger.send("GET /cluster/metrics" + host).read().status()).isEqualTo(401);
      assertThat(stranger.send("GET /cluster/events" + host).read().status()).isEqualTo(401);
      assertThat(stranger.send("PUT /cluster/thresholds" + host).read().status()).isEqualTo(401);
    }
  }

  @Test
  void requestsOfClientsAreCountedByMethodAndOutcome() throws Exception {
    client.send(EdgeFixture.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")).read();
    assertThat(edge.server.answers().answers()).isEqualTo(1);
    assertThat(send("GET /metrics", "").body())
        .contains("mcp_requests_seconds_count{method=\"invalid\",outcome=\"ok\"} 1")
        .contains("mcp_requests_seconds_bucket{method=\"invalid\",outcome=\"ok\",le=\"0.001\"}");
  }
}
