package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.feature.plugin.PluginJar;
import io.mcpnode.trace.Collector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests are sent through three nodes, and any node is asked which way they went. The last test
 * kills a node.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RequestWalkIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Changes the session, may be repeated, and takes its time where it is told to. */
  private static final String SLOW =
      """
      package example;

      import io.mcpnode.api.Tool;
      import io.mcpnode.api.ToolContext;
      import java.util.concurrent.locks.LockSupport;

      public class Slow {
        @Tool(name = "put", description = "Keeps a value",
            annotations = @Tool.Annotations(idempotentHint = true))
        public String put(String value, String slowNode, ToolContext context) {
          context.state().update("value", String.class, before -> value);
          long end = System.nanoTime() + (context.node().equals(slowNode) ? 60_000_000_000L : 0);
          while (System.nanoTime() < end && !context.isCancelled()) {
            LockSupport.parkNanos(10_000_000);
          }
          return context.traceparent().orElse("none");
        }
      }
      """;

  private static Vertx vertx;
  private static Collector collector;
  private static ClusterProcesses cluster;
  private static McpClient client;

  @BeforeAll
  static void start(@TempDir Path plugins) throws IOException {
    new PluginJar().source("example.Slow", SLOW).pack(plugins.resolve("slow.jar"));
    vertx = Vertx.vertx();
    collector = new Collector(vertx);
    cluster =
        ClusterProcesses.start(
            3,
            command ->
                command
                    .set("plugins.dir", plugins.toString())
                    .set("tracing.sampleRatio", "0")
                    .set("tracing.otlpEndpoint", collector.url()));
    client = new McpClient(vertx, cluster.uris(), 16);
  }

  @AfterAll
  static void stop() {
    client.close();
    cluster.close();
    collector.close();
    vertx.close().await();
  }

  /** A session that n2 owns, with its copy at n3. */
  private static String session() {
    McpReply opened = client.open(0).await();
    assertThat(opened.isResult()).as(opened.toString()).isTrue();
    AdminClient.Answer moved =
        cluster
            .admin(0)
            .post(
                "/cluster/sessions/" + opened.session() + "/migrate",
                "{\"target\":\"n2\",\"backups\":[\"n3\"]}");
    assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    return opened.session();
  }

  private static Future<McpReply> call(
      String session, String tool, JsonObject arguments, String traceId) {
    return client.call(
        0,
        session,
        tool,
        arguments,
        Map.of("traceparent", "00-" + traceId + "-b7ad6b7169203331-01"));
  }

  private static AdminClient.Answer trace(int node, String traceId) {
    return cluster.admin(node).get("/cluster/traces/" + traceId);
  }

  @Test
  @Order(1)
  void aRequestGoesTheWayThatTheReadmeTells() {
    String traceId = "0af7651916cd43dd8448eb211c80319c";
    McpReply reply = call(session(), "counter", new JsonObject(), traceId).await();
    assertThat(reply.isResult()).as(reply.toString()).isTrue();
    for (int node = 0; node < cluster.size(); node++) {
      AdminClient.Answer answer = trace(node, traceId);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode trace = answer.body();
      assertThat(RequestWalk.walked(trace.path("tree"))).isNotEmpty().isEqualTo(RequestWalk.told());
      assertThat(trace.path("partial").asBoolean()).isFalse();
      assertThat(trace.path("summary").path("errors").asInt()).isZero();
      assertThat(trace.path("summary").path("nodes")).hasToString("[\"n1\",\"n2\"]");
      assertThat(trace.path("summary").path("criticalPath").path(0).path("name").asText())
          .isEqualTo("tools/call counter");
    }
    JsonNode tree = trace(2, traceId).body().path("tree");
    assertThat(tree.path("parentSpanId").asText()).isEqualTo("b7ad6b7169203331");
    assertThat(tree.path("attributes").path("gen_ai.tool.name").asText()).isEqualTo("counter");
    assertThat(replicas(tree)).isEqualTo("n3");
  }

  private static String replicas(JsonNode tree) {
    return RequestWalk.hops(tree, "replicate")
        .get(0)
        .path("attributes")
        .path("mcpnode.replicas")
        .asText();
  }

  @Test
  @Order(2)
  void aToolKnowsItsPlaceInTheTrace() {
    String traceId = "1af7651916cd43dd8448eb211c80319c";
    JsonObject arguments = new JsonObject().put("value", "v").put("slowNode", "none");
    McpReply reply = call(session(), "put", arguments, traceId).await();
    JsonNode execute = RequestWalk.hops(trace(1, traceId).body().path("tree"), "execute").get(0);
    assertThat(text(reply))
        .isEqualTo("00-" + traceId + "-" + execute.path("spanId").asText() + "-01");
  }

  private static String text(McpReply reply) {
    assertThat(reply.isResult()).as(reply.toString()).isTrue();
    return reply.result().getJsonArray("content").getJsonObject(0).getString("text");
  }

  @Test
  @Order(3)
  void whatNobodyAskedToRecordIsNotRecorded() {
    JsonObject arguments = new JsonObject().put("value", "v").put("slowNode", "none");
    String session = session();
    assertThat(text(client.call(0, session, "put", arguments).await())).isEqualTo("none");
    String unsampled = "00-2af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    McpReply reply =
        client.call(0, session, "put", arguments, Map.of("traceparent", unsampled)).await();
    assertThat(text(reply)).isEqualTo(unsampled);
    assertThat(trace(0, "2af7651916cd43dd8448eb211c80319c").status()).isEqualTo(404);
  }

  @Test
  @Order(4)
  void theListShowsTheNewestOfAllNodes() {
    JsonNode traces = cluster.admin(2).get("/cluster/traces?limit=100").body().path("traces");
    assertThat(traces)
        .anyMatch(
            trace ->
                trace.path("root").asText().equals("tools/call counter")
                    && trace.path("nodes").size() == 2
                    && trace.path("spans").asInt() == RequestWalk.told().size())
        .anyMatch(trace -> trace.path("root").asText().equals("migrate"));
    assertThat(cluster.admin(0).get("/cluster/traces?limit=1").body().path("traces")).hasSize(1);
  }

  @Test
  @Order(4)
  void tracesHaveTheFieldsOfTheContractAndNoOthers() {
    assertThat(Shape.of(cluster.admin(1).get("/cluster/traces?limit=1").body()))
        .isEqualTo(
            "{traces:[{traceId:s, root:s, start:s, durationMicros:n, nodes:[s], spans:n,"
                + " error:b}], partial:b, missing:[]}");
    JsonNode trace = trace(1, "0af7651916cd43dd8448eb211c80319c").body();
    assertThat(Shape.of(trace.path("summary")))
        .isEqualTo(
            "{nodes:[s], spans:n, errors:n, start:s, durationMicros:n,"
                + " criticalPath:[{spanId:s, name:s, node:s, durationMicros:n, ownMicros:n}],"
                + " droppedSpans:n}");
    assertThat(trace.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("traceId", "tree", "summary", "partial", "missing");
    List<JsonNode> spans = trace.path("tree").findParents("spanId");
    assertThat(spans).isNotEmpty();
    for (JsonNode span : spans) {
      assertThat(span.properties())
          .extracting(Map.Entry::getKey)
          .containsExactly(
              "spanId",
              "parentSpanId",
              "hop",
              "name",
              "node",
              "start",
              "durationMicros",
              "error",
              "attributes",
              "children");
    }
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(
      strings = {
        "/cluster/traces?limit=0",
        "/cluster/traces?size=3",
        "/cluster/traces/1",
        "/cluster/traces/0AF7651916CD43DD8448EB211C80319C",
        "/cluster/traces/00000000000000000000000000000000"
      })
  void wrongInputIsRefused(String path) {
    AdminClient.Answer answer = cluster.admin(0).get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.body().path("error").path("message").asText()).contains("expected: ");
  }

  @Test
  @Order(6)
  void aCollectorGetsTheSpansOfAllNodes() {
    Await.until(
        "both nodes' spans of the first trace are at the collector",
        LIMIT,
        () -> exported("0af7651916cd43dd8448eb211c80319c") == RequestWalk.told().size());
  }

  private static int exported(String traceId) {
    return (int)
        collector.spans().stream()
            .filter(
                span -> HexFormat.of().formatHex(span.getTraceId().toByteArray()).equals(traceId))
            .count();
  }

  @Test
  @Order(7)
  void aCallWhoseOwnerIsKilledIsOneTreeWithEachHop() {
    String traceId = "3af7651916cd43dd8448eb211c80319c";
    String session = session();
    // A node that drains takes nothing over: n3 must, although n1 meets the loss first.
    assertThat(cluster.admin(0).post("/cluster/nodes/n1/drain", "{}").status()).isEqualTo(202);
    JsonObject arguments = new JsonObject().put("value", "v").put("slowNode", "n2");
    int before = version(session);
    Future<McpReply> reply = call(session, "put", arguments, traceId);
    Await.until("n2 has changed the session", LIMIT, () -> version(session) > before);
    cluster.node(1).kill9();
    assertThat(text(reply.await())).startsWith("00-" + traceId);

    AdminClient.Answer answer = trace(2, traceId);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode tree = answer.body().path("tree");
    List<String> walk = RequestWalk.walked(tree);
    assertThat(walk)
        .as(walk.toString())
        .startsWith("n1 edge", "n1 route", "n1 forward indeterminate")
        .endsWith("n1 forward", "n3 serve", "n3 execute", "n3 replicate");
    assertThat(answer.body().path("summary").path("nodes")).hasToString("[\"n1\",\"n3\"]");
    assertThat(RequestWalk.hops(tree, "forward").get(0).path("attributes").path("mcpnode.peer"))
        .hasToString("\"n2\"");
    assertThat(failovers(tree)).as(walk.toString()).isTrue();
  }

  /** Within the call, or, where the survivors were faster than it, in a trace of its own. */
  private static boolean failovers(JsonNode tree) {
    List<JsonNode> within = RequestWalk.hops(tree, "failover");
    if (!within.isEmpty()) {
      return within.get(0).path("attributes").path("mcpnode.from").asText().equals("n2");
    }
    for (JsonNode trace : cluster.admin(0).get("/cluster/traces").body().path("traces")) {
      if (trace.path("root").asText().equals("failover")) {
        return true;
      }
    }
    return false;
  }

  private static int version(String session) {
    return cluster.admin(2).get("/cluster/sessions/" + session).body().path("version").asInt();
  }
}
