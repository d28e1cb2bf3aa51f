package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes on a machine whose cores have more to do than they can: nobody is suspected for so
 * long that it matters. For how long that is watched is told by the property {@code soak.seconds}.
 */
class NoFalseAlarmIT {

  private static final Duration SOAK = Duration.ofSeconds(Integer.getInteger("soak.seconds", 15));
  private static final int SESSIONS = 60;

  /** Counters that must not move. */
  private static final List<String> ALARMS =
      List.of("mcp_alerts_total", "mcp_quorum_closings_total", "mcp_failovers_total");

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void nodesThatWaitForACoreAreNotTakenForLost() throws Exception {
    Vertx vertx = Vertx.vertx();
    List<Process> busy = new ArrayList<>();
    try (ClusterProcesses cluster = ClusterProcesses.start(3);
        McpClient client = new McpClient(vertx, cluster.uris(), SESSIONS);
        CounterLoad load = new CounterLoad(client, Duration.ofMillis(100))) {
      load.open(SESSIONS, 0).begin();
      load.awaitAllServed();
      Map<String, List<String>> before = alarms(cluster);
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        busy.add(new ProcessBuilder("sh", "-c", "while :; do :; done").start());
      }
      long since = System.nanoTime();
      Await.until(
          "the time is over and every node serves",
          SOAK.plusMinutes(1),
          () -> everyNodeServes(cluster) && System.nanoTime() - since > SOAK.toNanos());
      load.awaitAllServed();
      LoadReport report = load.finish();
      System.out.println("full load for " + SOAK.toSeconds() + " s: " + report.summary());
      assertThat(alarms(cluster)).isEqualTo(before);
      assertThat(report.violations()).isEmpty();
      assertThat(report.reasons()).as("what clients saw besides results").isEmpty();
    } finally {
      busy.forEach(Process::destroyForcibly);
      vertx.close().await();
    }
  }

  private static boolean everyNodeServes(ClusterProcesses cluster) {
    for (int i = 0; i < cluster.size(); i++) {
      assertThat(cluster.admin(i).get("/health/ready").status()).as(cluster.name(i)).isEqualTo(200);
    }
    return true;
  }

  /** Of each node: its alarms, its view, and who it has seen go. */
  private static Map<String, List<String>> alarms(ClusterProcesses cluster) {
    Map<String, List<String>> all = new TreeMap<>();
    for (int i = 0; i < cluster.size(); i++) {
      AdminClient admin = cluster.admin(i);
      List<String> found = new ArrayList<>();
      admin
          .get("/metrics")
          .text()
          .lines()
          .filter(line -> ALARMS.stream().anyMatch(line::startsWith))
          .forEach(found::add);
      assertThat(found).as("the counters").hasSizeGreaterThanOrEqualTo(ALARMS.size());
      JsonNode partition = admin.get("/cluster/partition").body();
      found.add(partition.path("verdict") + " " + partition.path("gone"));
      found.add("view " + admin.get("/cluster/status").body().path("view"));
      all.put(cluster.name(i), found);
    }
    return all;
  }
}
