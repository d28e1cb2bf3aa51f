package io.mcpnode.process;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's routes of three nodes. The last but one test kills one of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdminIT {

  private static final int SESSIONS = 30;
  private static final Duration LIMIT = Duration.ofSeconds(45);
  private static final List<String> SESSION_IDS = new ArrayList<>();
  private static Vertx vertx;
  private static ClusterProcesses cluster;
  private static McpClient client;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    cluster = ClusterProcesses.start(3);
    client = new McpClient(vertx, cluster.uris(), 16);
    SESSION_IDS.clear();
    for (int i = 0; i < SESSIONS; i++) {
      McpReply opened = client.open().await();
      assertThat(opened.isResult()).as(opened.toString()).isTrue();
      SESSION_IDS.add(opened.session());
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
    vertx.close().await();
  }

  private static JsonNode one(int node, String session) {
    AdminClient.Answer answer = cluster.admin(node).get("/cluster/sessions/" + session);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body();
  }

  private static JsonNode ok(AdminClient.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
    return answer.body();
  }

  private static void refused(AdminClient.Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.body().path("error").path("code").asText()).isNotEmpty();
    assertThat(answer.body().path("error").path("message").asText()).isNotEmpty();
  }

  private static int count(String session, int by) {
    McpReply reply = client.call(session, "counter", new JsonObject().put("by", by)).await();
    assertThat(reply.isResult()).as(reply.toString()).isTrue();
    return reply.structured().getInteger("value");
  }

  @Test
  @Order(1)
  void everyNodeTellsWhetherThereIsAPartition() {
    for (int node = 0; node < cluster.size(); node++) {
      AdminClient admin = cluster.admin(node);
      // A node counts from its first vote on, a moment after it has joined.
      Await.until(
          "all count",
          LIMIT,
          () -> admin.get("/cluster/partition").body().path("majorityGroup").size() == 3);
      JsonNode report = admin.get("/cluster/partition").body();
      assertThat(report.path("partitionDetected").asBoolean()).isFalse();
      assertThat(report.path("verdict").asText()).isEqualTo("whole");
      assertThat(report.path("minorityGroups")).isEmpty();
      assertThat(report.path("resolutionStrategy").asText()).isEqualTo("majority");
      JsonNode resolved =
          admin.post("/cluster/partition/resolve", "{\"strategy\":\"oldest_node\"}").body();
      assertThat(resolved.path("applied").asBoolean()).isFalse();
      assertThat(resolved.path("survivingGroup")).hasSize(3);
      AdminClient.Answer masterless =
          admin.post("/cluster/partition/resolve", "{\"strategy\":\"configured_master\"}");
      assertThat(masterless.status()).isEqualTo(400);
      assertThat(masterless.text()).contains("cluster.masterNode");
    }
  }

  @Test
  @Order(1)
  void everyNodeIsHealthyAndSeesAllOthers() {
    for (int i = 0; i < cluster.size(); i++) {
      assertThat(cluster.admin(i).get("/health/live").status()).isEqualTo(200);
      assertThat(cluster.admin(i).get("/health/ready").status()).isEqualTo(200);
      JsonNode status = ok(cluster.admin(i).get("/cluster/status"));
      assertThat(status.path("view").isNumber()).isTrue();
      Set<String> names = new HashSet<>();
      for (JsonNode node : status.path("nodes")) {
        names.add(node.path("node").asText());
        assertThat(node.path("status").asText()).isEqualTo("up");
        assertThat(node.path("state").asText()).isEqualTo("serving");
        assertThat(node.path("health").asText()).isIn("healthy", "degraded");
        assertThat(node.path("version").asText()).isNotEmpty();
      }
      assertThat(names).containsExactlyInAnyOrder("n1", "n2", "n3");
    }
  }

  @Test
  @Order(2)
  void everyNodeKnowsOwnerCopiesAndEpochOfEverySession() {
    for (String session : SESSION_IDS) {
      JsonNode first = one(0, session);
      assertThat(first.path("kind").asText()).isEqualTo("session");
      assertThat(first.path("owner").asText()).isIn("n1", "n2", "n3");
      assertThat(first.path("epoch").asLong()).isPositive();
      assertThat(first.path("backups")).isNotEmpty();
      for (int i = 1; i < cluster.size(); i++) {
        assertThat(one(i, session).path("owner")).isEqualTo(first.path("owner"));
        assertThat(one(i, session).path("epoch")).isEqualTo(first.path("epoch"));
      }
    }
  }

  @Test
  @Order(3)
  void theListIsPagedAndComplete() {
    Set<String> listed = new HashSet<>();
    String cursor = "";
    for (int page = 0; page < SESSIONS; page++) {
      JsonNode answer = ok(cluster.admin(1).get("/cluster/sessions?limit=7" + cursor));
      assertThat(answer.path("sessions").size()).isLessThanOrEqualTo(7);
      answer.path("sessions").forEach(entry -> listed.add(entry.path("id").asText()));
      if (!answer.hasNonNull("cursor")) {
        break;
      }
      cursor = "&cursor=" + encode(answer.path("cursor").asText(), UTF_8);
    }
    assertThat(listed).containsAll(SESSION_IDS);
    ok(cluster.admin(0).get("/cluster/sessions?node=n2"))
        .path("sessions")
        .forEach(entry -> assertThat(entry.path("owner").asText()).isEqualTo("n2"));
  }

  @Test
  @Order(4)
  void aMigratedSessionHasANewOwnerAHigherEpochAndItsState() {
    String session = SESSION_IDS.get(0);
    assertThat(count(session, 5)).isEqualTo(5);
    JsonNode before = one(0, session);
    String target = before.path("owner").asText().equals("n3") ? "n1" : "n3";
    ok(
        cluster
            .admin(1)
            .post(
                "/cluster/sessions/" + session + "/migrate",
                "{\"target\":\"" + target + "\",\"backups\":[]}"));
    for (int i = 0; i < cluster.size(); i++) {
      assertThat(one(i, session).path("owner").asText()).isEqualTo(target);
      assertThat(one(i, session).path("epoch").asLong())
          .isGreaterThan(before.path("epoch").asLong());
      McpReply who = client.call(i, session, "whoami", new JsonObject()).await();
      assertThat(who.structured().getString("owner")).isEqualTo(target);
    }
    assertThat(count(session, 1)).isEqualTo(6);
  }

  @Test
  @Order(5)
  void aBackupIsAnsweredWhenTheCopiesExist() {
    String session = SESSION_IDS.get(1);
    JsonNode answer = ok(cluster.admin(2).post("/cluster/sessions/" + session + "/backup", "{}"));
    assertThat(answer.path("replicas").size()).isEqualTo(2);
    assertThat(answer.path("replicasWanted").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @Order(6)
  @CsvSource(
      delimiter = '|',
      value = {
        "migrate  | {'target':'nobody'}                     | 400",
        "migrate  | {}                                      | 400",
        "migrate  | {'target':7}                            | 400",
        "migrate  | not json                                | 400",
        "migrate  | {'target':'n1','backups':['nobody']}    | 400",
        "migrate  | {'target':'n1','backups':['n1']}        | 400",
        "migrate  | {'target':'n1','backups':['n2','n2']}   | 400",
        "failover | {'failedNode':'nobody'}                 | 400",
        "failover | {}                                      | 400"
      })
  void aWrongInputIsRefusedAndChangesNothing(String action, String body, int status) {
    String session = SESSION_IDS.get(2);
    JsonNode before = one(0, session);
    String path = "/cluster/sessions/" + session + "/" + action;
    refused(cluster.admin(0).post(path, body.replace('\'', '"')), status);
    assertThat(one(0, session).path("epoch")).isEqualTo(before.path("epoch"));
    assertThat(one(0, session).path("owner")).isEqualTo(before.path("owner"));
  }

  @Test
  @Order(7)
  void aSessionThatNeverWasIsNotFound() {
    refused(cluster.admin(0).get("/cluster/sessions/no-such-session"), 404);
    refused(
        cluster.admin(0).post("/cluster/sessions/no-such-session/migrate", "{\"target\":\"n1\"}"),
        404);
    refused(cluster.admin(0).post("/cluster/sessions/no-such-session/backup", "{}"), 404);
  }

  @Test
  @Order(8)
  void aLiveOwnerIsNotFailedOver() {
    String session = SESSION_IDS.get(3);
    String owner = one(0, session).path("owner").asText();
    refused(
        cluster
            .admin(0)
            .post(
                "/cluster/sessions/" + session + "/failover", "{\"failedNode\":\"" + owner + "\"}"),
        400);
    assertThat(one(1, session).path("owner").asText()).isEqualTo(owner);
  }

  @Test
  @Order(8)
  void everyAnswerHasTheFieldsOfTheContractAndNoOthers() {
    String session =
        SESSION_IDS.stream()
            .filter(id -> !one(0, id).path("owner").asText().equals("n3"))
            .findFirst()
            .orElseThrow();
    for (OperatorAnswers.Row row : OperatorAnswers.of(session, "127.0.0.1:" + Ports.free())) {
      AdminClient.Answer answer = row.ask(cluster.admin(1));
      assertThat(answer.status()).as(row + ": " + answer.text()).isEqualTo(row.status());
      assertThat(answer.contentType()).isEqualTo("application/json");
      assertThat(sinceTheStartIgnored(Shape.of(answer.body())))
          .as(row + ": " + answer.text())
          .isEqualTo(row.shape());
    }
    assertThat(one(2, session).path("owner").asText()).isIn("n1", "n2", "n3");
  }

  /** What was refused and decided while the nodes joined. */
  private static String sinceTheStartIgnored(String shape) {
    return shape
        .replaceAll("refused:\\{[^}]*}", "refused:{}")
        .replace("decided:[{at:s, what:s}]", "decided:[]");
  }

  @Test
  @Order(9)
  void aDrainedNodeKeepsNoSessionAndComesBack() {
    ok(cluster.admin(0).post("/cluster/nodes/n2/drain", "{}"));
    Await.until(
        "n2 is not ready", LIMIT, () -> cluster.admin(1).get("/health/ready").status() == 503);
    AdminClient.Answer notReady = cluster.admin(1).get("/health/ready");
    assertThat(notReady.text())
        .isEqualTo("{\"status\":\"draining\",\"reason\":\"this node drains\"}");
    assertThat(notReady.retryAfter()).isEqualTo("1");
    assertThat(cluster.admin(1).get("/health/live").status()).isEqualTo(200);
    refused(
        cluster
            .admin(0)
            .post("/cluster/sessions/" + SESSION_IDS.get(0) + "/migrate", "{\"target\":\"n2\"}"),
        400);
    Await.until(
        "n2 owns nothing",
        LIMIT,
        () -> cluster.admin(2).get("/cluster/sessions?node=n2").body().path("sessions").isEmpty());
    for (String session : SESSION_IDS) {
      McpReply who = client.call(1, session, "whoami", new JsonObject()).await();
      assertThat(who.isResult()).as(who.toString()).isTrue();
      assertThat(who.structured().getString("owner")).isNotEqualTo("n2");
    }
    ok(cluster.admin(0).delete("/cluster/nodes/n2/drain"));
    Await.until(
        "n2 is ready again", LIMIT, () -> cluster.admin(1).get("/health/ready").status() == 200);
    refused(cluster.admin(0).post("/cluster/nodes/nobody/drain", "{}"), 404);
  }

  @Test
  @Order(10)
  void anUnknownRouteAndAWrongVerbAreAnsweredInJson() {
    refused(cluster.admin(0).get("/cluster/no-such-route"), 404);
    refused(cluster.admin(0).delete("/cluster/status"), 405);
  }

  @Test
  @Order(11)
  void aSessionWhoseOwnerDiedIsTakenOver() {
    String session =
        SESSION_IDS.stream()
            .filter(id -> one(0, id).path("owner").asText().equals("n3"))
            .findFirst()
            .orElseThrow();
    assertThat(count(session, 3)).isPositive();
    int before = count(session, 0);
    cluster.node(2).kill9();
    Await.until(
        "n3 is known to be dead", LIMIT, () -> ClusterProcesses.nodesUp(cluster.admin(0)) == 2);
    String path = "/cluster/sessions/" + session + "/failover";
    // 503: that it is dead, and not only out of reach, is proved a moment later.
    AtomicReference<AdminClient.Answer> last = new AtomicReference<>();
    Await.until(
        "the failover is answered",
        LIMIT,
        () -> {
          last.set(cluster.admin(0).post(path, "{\"failedNode\":\"n3\"}"));
          return last.get().status() != 503;
        });
    AdminClient.Answer answer = last.get();
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.body().path("owner").asText()).isIn("n1", "n2");
    assertThat(one(1, session).path("owner").asText()).isIn("n1", "n2");
    assertThat(count(session, 0)).isEqualTo(before);
  }

  @Test
  @Order(12)
  void aNodeThatIsConnectedToIsWatchedUntilItIsUp() {
    AdminClient admin = cluster.admin(0);
    int port = Ports.free();
    String at = "127.0.0.1:" + port;
    String nobody = "127.0.0.1:" + Ports.free();
    try (NodeProcess fourth =
        cluster
            .clustered("n4")
            .unset("cluster.nodes")
            .set("cluster.port", Integer.toString(port))
            .start()
            .awaitReady()) {
      assertThat(ClusterProcesses.nodesUp(new AdminClient(fourth.uri()))).isOne();
      AdminClient.Answer asked =
          admin.post("/cluster/connect", "{\"nodes\":[\"%s\",\"%s\"]}".formatted(at, nobody));
      assertThat(asked.status()).as(asked.text()).isEqualTo(202);
      asked
          .body()
          .path("nodes")
          .forEach(node -> assertThat(node.path("result").asText()).isEqualTo("connecting"));
      assertThat(asked.body().path("nodes")).hasSize(2);
      Await.until("n4 is up", LIMIT, () -> status(admin, "n4").equals("up"));
      Await.until(
          "it is known that nobody is there",
          LIMIT,
          () -> status(admin, nobody).equals("down: connecting failed: connection refused"));
      Await.until(
          "n4 serves",
          LIMIT,
          () -> new AdminClient(fourth.uri()).tryGet("/health/ready").status() == 200);
      for (String wrong : List.of("{}", "{\"nodes\":[]}", "{\"nodes\":[\"no port\"]}", "no JSON")) {
        refused(admin.post("/cluster/connect", wrong), 400);
      }
    }
  }

  /** Of a node or an address, with the reason if there is one; empty if it is not listed. */
  private static String status(AdminClient admin, String node) {
    for (JsonNode listed : admin.get("/cluster/status").body().path("nodes")) {
      if (listed.path("node").asText().equals(node)) {
        String reason = listed.path("reason").asText();
        return listed.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason);
      }
    }
    return "";
  }
}
