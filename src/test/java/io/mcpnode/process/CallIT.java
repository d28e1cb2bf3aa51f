package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.feature.plugin.PluginJar;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /cluster/call} on three nodes with a plugin; the last tests kill one of them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CallIT {

  private static final String SLOW =
      """
      package example;

      import io.mcpnode.api.ClusterOperation;
      import io.mcpnode.api.OperationContext;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.atomic.AtomicInteger;

      public class Slow {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();

        @ClusterOperation(service = "slow")
        public String hang(OperationContext call) throws InterruptedException {
          running.incrementAndGet();
          try {
            new CountDownLatch(1).await();
            return "never";
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
          } finally {
            running.decrementAndGet();
          }
        }

        @ClusterOperation(service = "slow")
        public int running() {
          return running.get();
        }

        @ClusterOperation(service = "slow")
        public int interrupted() {
          return interrupted.get();
        }

        @ClusterOperation(service = "slow")
        public int sum(int a, int b) {
          return a + b;
        }
      }
      """;

  private static ClusterProcesses cluster;

  @BeforeAll
  static void start(@TempDir Path plugins) throws IOException {
    new PluginJar().source("example.Slow", SLOW).pack(plugins.resolve("slow.jar"));
    cluster = ClusterProcesses.start(3, node -> node.set("plugins.dir", plugins.toString()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static AdminClient.Answer call(int from, String body) {
    return cluster.admin(from).post("/cluster/call", body.replace('\'', '"'));
  }

  private static JsonNode value(String node, String service, String function, String args) {
    AdminClient.Answer answer =
        call(
            0,
            "{'node':'%s','service':'%s','function':'%s','args':%s}"
                .formatted(node, service, function, args));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.body().path("ok");
  }

  @Test
  @Order(1)
  void anyNodeCallsAnyOtherAndItself() {
    for (int from = 0; from < 3; from++) {
      for (String node : List.of("n1", "n2", "n3")) {
        AdminClient.Answer answer =
            call(from, "{'node':'" + node + "','service':'node','function':'info'}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("ok").path("node").asText()).isEqualTo(node);
        assertThat(answer.body().path("ok").path("members")).hasSize(3);
      }
    }
    assertThat(value("n2", "node", "ping", "[]").asText()).isEqualTo("pong");
    assertThat(value("n2", "node", "echo", "[{'a':[1,null]}]")).hasToString("{\"a\":[1,null]}");
    assertThat(value("n3", "slow", "sum", "[2,3]").asInt()).isEqualTo(5);
    assertThat(value("n3", "node", "functions", "[]").toString())
        .contains("node/ping", "session/fetch", "slow/sum");
  }

  @Test
  @Order(2)
  void allNodesAnswerOneByOne() {
    JsonNode nodes =
        call(1, "{'node':'*','service':'slow','function':'sum','args':[4,4]}").body().path("nodes");
    assertThat(nodes).hasSize(3);
    nodes.forEach(node -> assertThat(node.path("ok").asInt()).isEqualTo(8));
    assertThat(nodes.findValuesAsText("node")).containsExactlyInAnyOrder("n1", "n2", "n3");
  }

  @Test
  @Order(3)
  void aSessionIsFoundByItsId() {
    Vertx vertx = Vertx.vertx();
    try (McpClient client = new McpClient(vertx, cluster.uris(), 2)) {
      String session = client.open().await().session();
      JsonNode placed = value("n2", "session", "fetch", "['" + session + "']");
      assertThat(placed.path("id").asText()).isEqualTo(session);
      assertThat(placed.path("owner").asText()).isIn("n1", "n2", "n3");
    } finally {
      vertx.close().await();
    }
  }

  @ParameterizedTest
  @Order(4)
  @CsvSource(
      delimiter = '|',
      value = {
        "{'node':'n9','service':'node','function':'ping'}               | 404 | no_such_node     | [n1,",
        "{'node':'n2','service':'node','function':'pong'}               | 404 | no_such_function | node/ping",
        "{'node':'n2','service':'os','function':'cmd','args':['rm']}    | 404 | no_such_function | os/cmd",
        "{'node':'n2','service':'node','function':'ping','args':[1]}    | 409 | rejected         | expected: none",
        "{'node':'n2','service':'slow','function':'sum','args':[1]}     | 409 | rejected         | args.b: missing",
        "{'node':'n2','service':'slow','function':'sum','args':[1,'2']} | 409 | rejected         | args.b",
        "{'node':'n2','service':'session','function':'fetch','args':['no']} | 502 | remote_error | no such state",
        "{'node':'n2','service':'node','function':'ping','timeoutMs':0} | 400 | invalid          | 1 to 600000",
        "{'node':'n2','service':'node','function':'ping','args':{}}     | 400 | invalid          | args",
        "{'node':'n2','service':'no de','function':'ping'}              | 400 | invalid          | service",
        "{'node':5,'service':'node','function':'ping'}                  | 400 | invalid          | node: 5",
        "{'nod':'n2','service':'node','function':'ping'}                | 400 | invalid          | nod: no such",
        "not json                                                       | 400 | invalid          | not JSON"
      })
  void whatIsWrongIsNamed(String body, int status, String code, String part) {
    AdminClient.Answer answer = call(0, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode error = answer.body().path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(part);
  }

  @Test
  @Order(5)
  void aCallThatTakesTooLongEndsInTimeAndIsInterruptedThere() {
    int before = value("n2", "slow", "interrupted", "[]").asInt();
    long begun = System.nanoTime();
    AdminClient.Answer answer =
        call(0, "{'node':'n2','service':'slow','function':'hang','timeoutMs':400}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(504);
    assertThat(answer.body().path("error").path("code").asText()).isEqualTo("timeout");
    assertThat(answer.body().path("error").path("executed").asText()).isEqualTo("unknown");
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(Duration.ofMillis(400), Duration.ofSeconds(3));
    Await.until(
        "interrupted",
        Duration.ofSeconds(5),
        () -> value("n2", "slow", "interrupted", "[]").asInt() == before + 1);
    Await.until(
        "ended", Duration.ofSeconds(5), () -> value("n2", "slow", "running", "[]").asInt() == 0);
  }

  @Test
  @Order(6)
  void metricsCountCallsByOutcome() {
    assertThat(cluster.admin(0).get("/metrics").text())
        .contains("mcp_calls_seconds_count{outcome=\"ok\"}")
        .contains("mcp_calls_seconds_count{outcome=\"timeout\"}")
        .contains("mcp_operations_running 0.0");
  }

  @Test
  @Order(7)
  void aNameHasOneHolder() {
    assertThat(value("n3", "name", "register", "['leader']").asInt()).isEqualTo(1);
    JsonNode refused =
        call(0, "{'node':'n1','service':'name','function':'register','args':['leader']}")
            .body()
            .path("error");
    assertThat(refused.path("message").asText()).startsWith("owned by n3#");
    assertThat(refused.path("code").asText()).isEqualTo("rejected");
    assertThat(refused.path("executed").asText()).isEqualTo("no");
    JsonNode nodes =
        call(0, "{'node':'*','service':'name','function':'whereis','args':['leader']}")
            .body()
            .path("nodes");
    assertThat(nodes).hasSize(3);
    nodes.forEach(it -> assertThat(it.path("ok")).hasToString("{\"node\":\"n3\",\"term\":1}"));
    assertThat(value("n1", "name", "release", "['leader']").asBoolean()).isFalse();
  }

  @Test
  @Order(8)
  void aNodeThatIsKilledWhileItHasACallIsDown() {
    CompletableFuture<AdminClient.Answer> open =
        CompletableFuture.supplyAsync(
            () -> call(0, "{'node':'n3','service':'slow','function':'hang','timeoutMs':60000}"));
    Await.until(
        "it runs", Duration.ofSeconds(10), () -> value("n3", "slow", "running", "[]").asInt() == 1);
    cluster.node(2).kill9();
    long killed = System.nanoTime();
    AdminClient.Answer answer = open.join();
    assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(5));
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.body().path("error").path("code").asText()).isEqualTo("node_down");
    assertThat(answer.body().path("error").path("executed").asText()).isEqualTo("unknown");
  }

  @Test
  @Order(9)
  void aNodeThatIsDownIsNotAsked() {
    for (int i = 0; i < 2; i++) {
      AdminClient admin = cluster.admin(i);
      Await.until(
          "n3 is known to be dead",
          Duration.ofSeconds(30),
          () -> ClusterProcesses.nodesUp(admin) == 2);
    }
    AdminClient.Answer answer = call(0, "{'node':'n3','service':'node','function':'ping'}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
    assertThat(answer.body().path("error").path("code").asText()).isEqualTo("node_down");
    assertThat(answer.body().path("error").path("executed").asText()).isEqualTo("no");
    JsonNode nodes = call(1, "{'node':'*','service':'node','function':'ping'}").body();
    assertThat(nodes.findValuesAsText("node")).containsExactlyInAnyOrder("n1", "n2");
  }

  @Test
  @Order(10)
  void theNameOfADeadNodeIsFree() {
    Await.until(
        "nobody holds it",
        Duration.ofSeconds(30),
        () -> value("n1", "name", "whereis", "['leader']").isNull());
    assertThat(value("n2", "name", "register", "['leader']").asInt()).isEqualTo(2);
    assertThat(value("n2", "name", "release", "['leader']").asBoolean()).isTrue();
    assertThat(value("n1", "name", "whereis", "['leader']").isNull()).isTrue();
  }

  @Test
  @Order(11)
  void onlyProgramsOnThisMachineMayCallWithoutAToken() {
    AdminClient.Answer answer =
        cluster
            .admin(0)
            .post(
                "/cluster/call",
                "{\"node\":\"n1\",\"service\":\"node\",\"function\":\"ping\"}",
                Map.of("Content-Type", "application/json", "X-Forwarded-For", "10.0.0.1"));
    assertThat(answer.status()).isEqualTo(403);
  }
}
