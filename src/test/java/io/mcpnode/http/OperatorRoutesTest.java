package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.http.admin.Readiness;
import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's routes over HTTP; wrong requests are in {@link WrongRequests}. */
class OperatorRoutesTest {

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

  private RawClient.Response send(String line, String headers, String body) throws Exception {
    String json = "Host: localhost\r\nContent-Type: application/json\r\n";
    return client.send(WrongRequest.request(line + " HTTP/1.1", json + headers, body)).read();
  }

  private RawClient.Response send(String line) throws Exception {
    return send(line, "", "");
  }

  @Test
  void statusIsWhatTheContractSays() throws Exception {
    assertThat(new JsonObject(send("GET /cluster/status").body()))
        .isEqualTo(
            new JsonObject(
                """
                {"view": 7, "nodes": [
                  {"node": "n1", "status": "up", "health": "healthy", "state": "serving",
                   "incarnation": 3, "since": "1970-01-01T00:00:00Z", "reason": "",
                   "sessions": 12, "rttMicros": 0, "version": "0.1.0"},
                  {"node": "n2", "status": "down", "health": "unhealthy", "state": "serving",
                   "incarnation": 2, "since": "1970-01-01T00:00:01Z", "reason": "port refuses",
                   "sessions": 0, "rttMicros": 0, "version": "0.1.0"}]}"""));
  }

  @Test
  void aPartitionIsShownWithItsSidesAndWhatWasDecided() throws Exception {
    assertThat(new JsonObject(send("GET /cluster/partition").body()))
        .isEqualTo(
            new JsonObject(
                """
                {"partitionDetected": true, "kind": "clean",
                 "isolatedGroups": [["n1", "n2"], ["n3"]], "majorityGroup": ["n1", "n2"],
                 "minorityGroups": [["n3"]], "resolutionStrategy": "majority",
                 "survivingGroup": ["n1", "n2"], "verdict": "goes_on",
                 "reason": "[n1, n2] goes on", "sees": {"n1": ["n2"]},
                 "oneWay": [{"from": "n1", "to": "n3"}], "indirect": [{"a": "n2", "b": "n3"}],
                 "gone": [{"node": "n3", "how": "unreachable", "since": "1970-01-01T00:00:01Z"}],
                 "since": "1970-01-01T00:00:01Z", "consecutiveDetections": 3, "alert": true,
                 "refused": {"request": 7},
                 "decided": [{"at": "1970-01-01T00:00:02Z", "what": "n3 is gone"}],
                 "merged": {"brought": 1, "replaced": 2, "kept": 3, "last": ["s1"]}}"""));
  }

  @Test
  void aPartitionIsAnAlertFromTheThresholdOnThatHoldsNow() throws Exception {
    JsonObject more = new JsonObject(send("GET /cluster/partition").body());
    assertThat(more.getBoolean("alert")).isTrue();
    edge.operations.monitor.change(now -> new Thresholds(3, 1000, 4));
    JsonObject less = new JsonObject(send("GET /cluster/partition").body());
    assertThat(less.getInteger("consecutiveDetections")).isEqualTo(3);
    assertThat(less.getBoolean("alert")).isFalse();
  }

  @Test
  void aPartitionIsResolvedOrOnlyJudged() throws Exception {
    RawClient.Response dry =
        send(
            "POST /cluster/partition/resolve",
            "",
            "{\"strategy\":\"oldest_node\",\"dryRun\":true}");
    assertThat(dry.status()).isEqualTo(200);
    assertThat(new JsonObject(dry.body()))
        .isEqualTo(
            new JsonObject(
                """
                {"strategy": "oldest_node", "survivingGroup": ["n1", "n2"],
                 "thisSide": ["n1", "n2"], "verdict": "goes_on", "dryRun": true,
                 "applied": false, "reason": "[n1, n2] goes on"}"""));
    send("POST /cluster/partition/resolve", "", "{\"strategy\":\"winner_takes_all\"}");
    assertThat(edge.operations.calls)
        .containsExactly("resolve OLDEST_NODE true", "resolve MAJORITY false");
  }

  @Test
  void aSessionIsShownWithItsCopies() throws Exception {
    RawClient.Response response = send("GET /cluster/sessions/s1");
    assertThat(response.status()).isEqualTo(200);
    assertThat(new JsonObject(response.body()))
        .isEqualTo(
            new JsonObject(
                """
                {"id": "s1", "kind": "session", "owner": "n1", "backups": ["n2"], "epoch": 4,
                 "version": 9, "stateBytes": 512, "replicasWanted": 2, "replicasPresent": 2,
                 "replicas": ["n1", "n2"], "createdAt": "1970-01-01T00:00:00Z",
                 "lastAccess": "1970-01-01T00:00:01.500Z"}"""));
  }

  /** Of the two nodes that are not the owner, n2 is down, and n9 never was. */
  @Test
  void aFailoverThatWasDoneByItselfIsAnsweredWithWhereTheSessionIs() throws Exception {
    RawClient.Response done =
        send("POST /cluster/sessions/s1/failover", "", "{\"failedNode\":\"n2\"}");
    assertThat(done.status()).as(done.body()).isEqualTo(200);
    assertThat(new JsonObject(done.body()).getString("owner")).isEqualTo("n1");
    RawClient.Response wrong =
        send("POST /cluster/sessions/s1/failover", "", "{\"failedNode\":\"n9\"}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("expected: the owner, n1");
  }

  @Test
  void anAddressThatCouldNotBeConnectedToIsNoNode() throws Exception {
    edge.operations.attempts.add(
        new ClusterStatus.NodeStatus(
            "h:9", "down", "unhealthy", "quarantined", 0, 0, "connecting failed", 0, 0, ""));
    RawClient.Response failover =
        send("POST /cluster/sessions/s1/failover", "", "{\"failedNode\":\"h:9\"}");
    assertThat(failover.status()).isEqualTo(400);
    assertThat(failover.body()).contains("expected: the owner, n1");
    RawClient.Response list = send("GET /cluster/sessions?node=h:9");
    assertThat(list.status()).isEqualTo(404);
    assertThat(list.body()).contains("(expected: one of [n1, n2])");
    assertThat(send("GET /cluster/sessions?node=n2").status()).isEqualTo(200);
  }

  @Test
  void requestsReachTheClusterWithTheirArguments() throws Exception {
    assertThat(send("GET /cluster/sessions").body()).contains("\"cursor\":\"next\"");
    send("GET /cluster/sessions?node=n1&cursor=c%20d&limit=7");
    send("POST /cluster/sessions/s1/migrate", "", "{\"target\":\"n2\",\"backups\":[\"n1\"]}");
    send("POST /cluster/sessions/s1/migrate", "", "{\"target\":\"n2\"}");
    send("POST /cluster/sessions/s1/backup");
    send("POST /cluster/sessions/s1/failover", "", "{\"failedNode\":\"n1\"}");
    assertThat(send("POST /cluster/nodes/n1/drain").status()).isEqualTo(202);
    assertThat(send("DELETE /cluster/nodes/n1/drain").body()).contains("\"moved\":3");
    RawClient.Response rebalance = send("POST /cluster/rebalance");
    assertThat(rebalance.status()).isEqualTo(202);
    assertThat(rebalance.body())
        .isEqualTo(
            "{\"state\":\"moving\",\"nodes\":[{\"node\":\"n1\",\"state\":\"moving\",\"sessions\":12,"
                + "\"moved\":0,\"remaining\":6}]}");
    assertThat(send("GET /cluster/rebalance").body()).startsWith("{\"state\":\"still\"");
    RawClient.Response connect =
        send("POST /cluster/connect", "", "{\"nodes\":[\"h:1\",\"[::1]:2\"]}");
    assertThat(connect.status()).isEqualTo(202);
    assertThat(connect.body()).contains("{\"node\":\"h:1\",\"result\":\"connecting\"");
    assertThat(edge.operations.calls)
        .containsExactly(
            "list null null 100",
            "list n1 c d 7",
            "migrate s1 n2 [n1]",
            "migrate s1 n2 []",
            "backup s1",
            "failover s1 n1",
            "drain n1",
            "undrain n1",
            "rebalance",
            "rebalancing",
            "connect [h:1, [::1]:2]");
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureHasAStatusAndAWord(Failure failure) throws Exception {
    edge.operations.failure = () -> new WireException(failure, "why it failed");
    RawClient.Response response = send("POST /cluster/sessions/s1/backup");
    assertThat(response.status()).isBetween(400, 599);
    assertThat(response.body())
        .contains(failure.name().toLowerCase(java.util.Locale.ROOT), "why it failed");
    assertThat(response.header("retry-after").isEmpty()).isEqualTo(response.status() != 503);
  }

  private RawClient.Response head(String path) throws Exception {
    return client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").read(true);
  }

  /** Each on the same connection: a body that was sent would be taken for the next answer. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live",
        "/health/ready",
        "/dashboard",
        "/dashboard/dashboard.js",
        "/cluster/status",
        "/cluster/sessions",
        "/cluster/sessions/s1",
        "/cluster/sessions/none",
        "/cluster/sessions?limit=0",
        "/cluster/nodes/n1/health",
        "/cluster/metrics",
        "/cluster/thresholds",
        "/cluster/partition",
        "/cluster/rebalance",
        "/cluster/traces"
      })
  void headIsAnsweredAsGetWithoutTheBody(String path) throws Exception {
    RawClient.Response get = send("GET " + path);
    assertThat(head(path)).isEqualTo(new RawClient.Response(get.status(), get.headers(), ""));
    assertThat(send("GET " + path)).isEqualTo(get);
  }

  @Test
  void headOfTheMetricsHasTheirType() throws Exception {
    RawClient.Response head = head("/metrics");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(Integer.parseInt(head.header("content-length"))).isPositive();
    assertThat(send("GET /metrics").body()).contains("mcp_http_connections ");
  }

  @ParameterizedTest
  @CsvSource({"/cluster/events, GET", "/cluster/connect, POST"})
  void headIsRefusedWhereThereIsNothingToBeHadWithoutABody(String path, String allowed)
      throws Exception {
    RawClient.Response head = head(path);
    assertThat(head.status()).isEqualTo(405);
    assertThat(head.header("allow")).isEqualTo(allowed);
    assertThat(send("GET /health/live").status()).isEqualTo(200);
  }

  @Test
  void aBugIsNotShownToTheOperator() throws Exception {
    edge.operations.failure = () -> new IllegalStateException("secret detail");
    RawClient.Response response = send("POST /cluster/sessions/s1/backup");
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).contains("internal").doesNotContain("secret");
  }

  private RawClient.Response call(String body) throws Exception {
    return send("POST /cluster/call", "", body.replace('\'', '"'));
  }

  @Test
  void aCallReachesTheClusterAndItsValueComesBack() throws Exception {
    RawClient.Response brief = call("{'node':'n1','service':'node','function':'ping'}");
    assertThat(brief.status()).isEqualTo(200);
    assertThat(brief.body()).isEqualTo("{\"ok\":\"pong\"}");
    edge.operations.called = Future::succeededFuture;
    String full =
        "{\"node\":\"n2\",\"service\":\"s\",\"function\":\"f\",\"args\":[1,{\"a\":null}],\"timeoutMs\":70}";
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    assertThat(send("POST /cluster/call", "traceparent: " + trace + "\r\n", full).body())
        .isEqualTo("{\"ok\":null}");
    assertThat(edge.operations.calls)
        .containsExactly(
            "call n1 node ping [] PT5S null", "call n2 s f [1,{\"a\":null}] PT0.07S " + trace);
  }

  @Test
  void aCallOnSeveralNodesAnswersForEach() throws Exception {
    String expected =
        "{\"nodes\":[{\"node\":\"n1\",\"ok\":\"pong\"},{\"node\":\"n2\",\"ok\":\"pong\"}]}";
    assertThat(call("{'node':'*','service':'s','function':'f'}").body()).isEqualTo(expected);
    assertThat(call("{'node':['n1','n2'],'service':'s','function':'f'}").body())
        .isEqualTo(expected);
    assertThat(call("{'node':['n1'],'service':'s','function':'f'}").body())
        .isEqualTo("{\"nodes\":[{\"node\":\"n1\",\"ok\":\"pong\"}]}");
  }

  @Test
  void whatIsWrongWithACallIsNamedAndNothingIsCalled() throws Exception {
    assertThat(call("{'service':'s','function':'f'}").body()).contains("node: missing");
    assertThat(call("{'node':[],'service':'s','function':'f'}").body()).contains("node: a list");
    assertThat(call("{'node':'n1','function':'f'}").body()).contains("service: missing");
    assertThat(call("{'node':'n1','service':'a b','function':'f'}").body())
        .contains("service: \\\"a b\\\" (expected: 1 to 64 of A-Z a-z 0-9 _ . -)");
    assertThat(call("{'node':'n1','service':'s','function':'f','args':{}}").body())
        .contains("args: an object (expected: a list)");
    for (String wrong : new String[] {"0", "600001", "1.5", "'5s'", "null", "99999999999"}) {
      RawClient.Response response =
          call("{'node':'n1','service':'s','function':'f','timeoutMs':" + wrong + "}");
      assertThat(response.status()).as(wrong).isEqualTo(400);
      assertThat(response.body()).contains("(expected: a whole number from 1 to 600000)");
    }
    assertThat(edge.operations.calls).isEmpty();
  }

  @Test
  void anOperatorThatGoesAwayCancelsTheCall() throws Exception {
    edge.operations.called = () -> Promise.promise().future();
    try (RawClient impatient = edge.connect()) {
      impatient.send(
          WrongRequest.request(
              "POST /cluster/call HTTP/1.1",
              "Host: localhost\r\nContent-Type: application/json\r\n",
              "{\"node\":\"n1\",\"service\":\"s\",\"function\":\"f\"}"));
      await().until(() -> edge.operations.calls.size() == 1);
    }
    await().until(() -> edge.operations.calls.contains("cancel n1"));
  }

  @Test
  void readinessFollowsTheNode() throws Exception {
    assertThat(send("GET /health/live").status()).isEqualTo(200);
    assertThat(send("GET /health/ready").status()).isEqualTo(200);
    edge.operations.readiness = new Readiness(Readiness.State.QUARANTINED, "no quorum: 1 of 3");
    RawClient.Response response = send("GET /health/ready");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.body()).contains("quarantined", "no quorum: 1 of 3");
    assertThat(send("GET /health/live").status()).isEqualTo(200);
  }

  @Test
  void metricsArePrometheusTextAndCountRefusals() throws Exception {
    send("PUT /mcp");
    RawClient.Response response = send("GET /metrics");
    assertThat(response.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(response.body())
        .contains("mcp_http_connections ", "mcp_http_requests_refused_total{status=\"405\"} 1.0");
  }

  @Test
  void whatAProxyForwardsNeedsAToken() throws Exception {
    assertThat(send("GET /cluster/status", "X-Forwarded-For: 10.0.0.1\r\n", "").status())
        .isEqualTo(403);
    assertThat(send("GET /metrics", "Forwarded: for=10.0.0.1\r\n", "").status()).isEqualTo(403);
    assertThat(send("GET /health/ready", "X-Forwarded-For: 10.0.0.1\r\n", "").status())
        .isEqualTo(200);
  }

  @Test
  void withATokenNobodyElseIsAnswered() throws Exception {
    try (EdgeFixture guarded = EdgeFixture.withToken("t0ken");
        RawClient operator = guarded.connect()) {
      for (String wrong :
          new String[] {"", "Bearer", "Bearer t0ke", "Bearer t0ken2", "Basic t0ken"}) {
        String header = wrong.isEmpty() ? "" : "Authorization: " + wrong + "\r\n";
        RawClient.Response response =
            operator
                .send(
                    "POST /cluster/nodes/n1/drain HTTP/1.1\r\nHost: localhost\r\n"
                        + header
                        + "\r\n")
                .read();
        assertThat(response.status()).as(wrong).isEqualTo(401);
        assertThat(response.header("www-authenticate")).startsWith("Bearer");
      }
      assertThat(guarded.operations.calls).isEmpty();
      String right =
          "GET /cluster/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: bearer t0ken\r\n\r\n";
      assertThat(operator.send(right).read().status()).isEqualTo(200);
      String metrics = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertThat(operator.send(metrics).read().status()).isEqualTo(200);
    }
  }

  @Test
  void tracesAreListedWithTheNodesThatDidNotAnswer() throws Exception {
    RawClient.Response response = send("GET /cluster/traces?limit=2");
    assertThat(response.status()).isEqualTo(200);
    assertThat(new JsonObject(response.body()))
        .isEqualTo(
            new JsonObject(
                """
                {"traces": [
                  {"traceId": "0af7651916cd43dd8448eb211c80319c", "root": "tools/call echo",
                   "start": "1970-01-01T00:00:01.500Z", "durationMicros": 2500, "nodes": ["n1"],
                   "spans": 3, "error": false},
                  {"traceId": "11111111111111111111111111111111", "root": null,
                   "start": "1970-01-01T00:00:00Z", "durationMicros": 0, "nodes": ["n2"],
                   "spans": 1, "error": true}],
                 "partial": true, "missing": ["n3"]}"""));
  }

  @Test
  void whatIsAskedOfTracesIsChecked() throws Exception {
    assertThat(send("GET /cluster/traces/" + "1".repeat(32)).status()).isEqualTo(404);
    for (String query : List.of("limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "size=3")) {
      assertThat(send("GET /cluster/traces?" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(send("POST /cluster/traces", "", "{}").status()).isEqualTo(405);
  }
}
