package io.mcpnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.instance.impl.LifecycleServiceImpl;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes, and what becomes of the second when Hazelcast gives it up after a partition. */
class LostClusterTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final int port = TestNodes.freePort();
  private final Running first = new Running("n1", port);
  private final Running second = new Running("n2", TestNodes.freePort());

  /** A node with what it printed. */
  private final class Running {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final CompletableFuture<ExitCode> code = new CompletableFuture<>();
    final Main main;

    Running(String name, int clusterPort) {
      Map<String, String> environment =
          Map.of(
              "MCP_NODE_NODE_NAME",
              name,
              "MCP_NODE_HTTP_PORT",
              "0",
              "MCP_NODE_CLUSTER_PORT",
              Integer.toString(clusterPort),
              "MCP_NODE_CLUSTER_NODES",
              "127.0.0.1:" + port,
              "MCP_NODE_CLUSTER_COOKIE",
              "secret");
      main =
          new Main(
              environment,
              new PrintStream(out, true, StandardCharsets.UTF_8),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              Node::launch);
    }

    void start() {
      new Thread(() -> code.complete(main.run(List.of("-cluster"))), "main").start();
      awaitReady(1);
    }

    /** Of each start. */
    List<String> readyLines() {
      return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    void awaitReady(int times) {
      await().atMost(LIMIT).until(() -> readyLines().size() >= times);
    }

    URI uri() {
      String line = readyLines().get(0);
      return URI.create(line.substring(line.indexOf("http")));
    }
  }

  @AfterEach
  void stop() {
    for (Running node : List.of(second, first)) {
      node.main.stop();
      assertThat(node.code).as(node.err.toString()).succeedsWithin(LIMIT).isEqualTo(ExitCode.OK);
    }
    vertx.close().await();
  }

  @Test
  void aNodeThatCanNotJoinAgainStartsAnewAndServesItsSessions() {
    first.start();
    second.start();
    McpClient client = new McpClient(vertx, List.of(first.uri(), second.uri()), 4);
    String session = client.open(1).await().session();
    add(client, 1, session, 1);

    loseTheCluster("n2#");
    second.awaitReady(2);

    assertThat(second.err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "mcp-node: the cluster could not be joined again after a partition; the node starts"
                + " anew\n");
    assertThat(second.readyLines().get(1)).isEqualTo(second.readyLines().get(0));
    add(client, 1, session, 2);
    add(client, 0, session, 3);
    client.close();
  }

  @Test
  void aMergeWhoseEndNobodyTellsIsNoticed() {
    first.start();
    second.start();
    McpClient client = new McpClient(vertx, List.of(first.uri(), second.uri()), 4);
    String session = client.open(1).await().session();
    add(client, 1, session, 1);
    LifecycleServiceImpl life = lifeOf("n2#");

    life.runUnderLifecycleLock(() -> life.fireLifecycleEvent(LifecycleState.MERGING));

    await().atMost(LIMIT).until(() -> call(client, 1, session).isResult());
    assertThat(second.readyLines()).hasSize(1);
    client.close();
  }

  private static McpReply call(McpClient client, int node, String session) {
    return client.call(node, session, "counter", new JsonObject().put("by", 1)).await();
  }

  private static void add(McpClient client, int node, String session, long expected) {
    McpReply reply = call(client, node, session);
    assertThat(reply.structured().getLong("value")).as("%s", reply).isEqualTo(expected);
  }

  /** As Hazelcast does when it merges and nobody takes it in. */
  private static void loseTheCluster(String name) {
    LifecycleServiceImpl life = lifeOf(name);
    life.runUnderLifecycleLock(
        () -> {
          life.fireLifecycleEvent(LifecycleState.MERGING);
          life.terminate();
          life.fireLifecycleEvent(LifecycleState.MERGE_FAILED);
        });
  }

  private static LifecycleServiceImpl lifeOf(String name) {
    HazelcastInstance hazelcast =
        Hazelcast.getAllHazelcastInstances().stream()
            .filter(instance -> instance.getName().startsWith(name))
            .findFirst()
            .orElseThrow();
    return (LifecycleServiceImpl) hazelcast.getLifecycleService();
  }
}
