package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Each node in turn is stopped and started again, as for a new version, while clients work: many of
 * ours, and some of the official SDKs.
 */
class RollingStopIT {

  private static final int SESSIONS = 200;
  private static final int HANDLES = 100;
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(45);

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void noClientNoticesThatEveryNodeWasStoppedAndStarted() throws Exception {
    Scripts.install();
    Vertx vertx = Vertx.vertx();
    try (ClusterProcesses cluster = ClusterProcesses.start(3);
        Scripts.Running official = Scripts.begin(officialClients(cluster));
        McpClient client = new McpClient(vertx, cluster.uris(), SESSIONS + HANDLES);
        CounterLoad load = new CounterLoad(client, Duration.ofMillis(300))) {
      load.open(SESSIONS, HANDLES).begin();
      load.awaitAllServed();
      official.awaitPrinted("clients work");
      for (int i = 0; i < cluster.size(); i++) {
        cluster.node(i).terminate();
        assertThat(cluster.node(i).exitCode(DRAIN_LIMIT)).as("exit code").isZero();
        load.awaitAllServed();
        cluster.restart(i);
        cluster.awaitReplicasComplete();
        load.awaitAllServed();
      }
      official.tell("enough");
      official.awaitEnd();
      LoadReport report = load.finish();
      System.out.println("rolling stop of all nodes: " + report.summary());
      assertThat(report.reasons()).as("what clients saw besides results").isEmpty();
      assertThat(report.violations()).isEmpty();
      assertThat(report.unknown() + report.refused() + report.errors() + report.gone()).isZero();
    } finally {
      vertx.close().await();
    }
  }

  private static List<String> officialClients(ClusterProcesses cluster) {
    List<String> command = new ArrayList<>(List.of("node", "rolling.mjs"));
    cluster.uris().stream().map(URI::toString).forEach(command::add);
    return command;
  }
}
