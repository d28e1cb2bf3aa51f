package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.feature.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that can't serve end with the reason, and their start can be given up. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StartIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void aNodeWhoseNameIsTakenEndsWithTheReasonAndTheOtherOneStays() {
    try (ClusterProcesses cluster = ClusterProcesses.start(2);
        NodeProcess second = cluster.clustered("n2").start()) {
      assertThat(second.exitCode(LIMIT)).isEqualTo(69);
      assertThat(second.saidReady()).isFalse();
      assertThat(second.log()).anyMatch(line -> line.contains("n2") && line.contains("name"));
      cluster.awaitAllUp();
      assertThat(cluster.node(1).isAlive()).isTrue();
      assertThat(cluster.admin(1).get("/health/ready").status()).isEqualTo(200);
      assertThat(cluster.admin(0).get("/cluster/status").body().path("nodes")).hasSize(2);
    }
  }

  /** The master that was configured is not there. */
  @Test
  void aNodeWithoutAQuorumWaitsAndSaysSoAndEndsWithTheReason() {
    String waits =
        "Waits up to 30 s until it may serve: no quorum: cluster.masterNode \"n3\" is none of ";
    int port = Ports.free();
    try (NodeProcess patient = withoutItsMaster("n1", port, port).start()) {
      awaitLog(patient, "n1.* is a member: view 1 ");
      try (NodeProcess second = withoutItsMaster("n2", Ports.free(), port).start()) {
        awaitLog(second, waits);
        second.terminate();
        assertThat(second.exitCode(Duration.ofSeconds(15))).as("asked to stop").isZero();
        assertThat(second.log()).last().isEqualTo("mcp-node: stopped before it served");
      }
      awaitLog(patient, "n2.* is gone \\(LEFT\\)");
      awaitLog(patient, waits);
      assertThat(patient.exitCode(LIMIT)).isEqualTo(69);
      assertThat(patient.saidReady()).isFalse();
      assertThat(patient.log())
          .last()
          .asString()
          .startsWith("mcp-node: no quorum: cluster.masterNode \"n3\" is none of [n1#");
    }
  }

  @Test
  void aPluginThatNeverGetsReadyStopsNoNodeAndKeepsNone(@TempDir Path plugins) throws IOException {
    new PluginJar()
        .source(
            "stuck.Stuck",
            """
            package stuck;
            public class Stuck {
              static { new java.util.concurrent.Semaphore(0).acquireUninterruptibly(); }
              @io.mcpnode.api.Tool public String never() { return ""; }
            }
            """)
        .pack(plugins.resolve("stuck.jar"));
    NodeCommand command = NodeCommand.node("patient").set("plugins.dir", plugins.toString());
    try (NodeProcess node = command.start();
        NodeProcess unwanted = command.start()) {
      awaitLog(unwanted, "loads plugin stuck.jar");
      unwanted.terminate();
      assertThat(unwanted.exitCode(Duration.ofSeconds(15))).as("asked to stop").isZero();
      assertThat(unwanted.log()).last().isEqualTo("mcp-node: stopped before it served");
      node.awaitReady();
      assertThat(node.log())
          .anyMatch(
              line ->
                  line.contains(
                      "plugin stuck.jar is left out: loading: not done within 20000 ms, at"
                          + " stuck.Stuck.<clinit>(Stuck.java:3)"));
      node.terminate();
      assertThat(node.exitCode(Duration.ofSeconds(30))).isZero();
    }
  }

  private static NodeCommand withoutItsMaster(String name, int port, int seed) {
    return NodeCommand.node(name)
        .argument("-cluster")
        .set("cluster.port", Integer.toString(port))
        .set("cluster.nodes", "127.0.0.1:" + seed)
        .set("cluster.cookie", ClusterProcesses.COOKIE)
        .set("cluster.splitBrainStrategy", "configured_master")
        .set("cluster.masterNode", "n3");
  }

  private static void awaitLog(NodeProcess node, String pattern) {
    Await.until(
        pattern,
        LIMIT,
        () -> node.log().stream().anyMatch(line -> line.matches(".*" + pattern + ".*")));
  }
}
