package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The official conformance tool: every scenario passes without a warning, on one node, and the same
 * through a proxy that sends each request to the next of three nodes, also while these are stopped
 * and started one after the other.
 */
class ConformanceIT {

  /** What is run, and how many checks a perfect server passes. */
  private static final String RUNS =
      """
      --requirements 2025-11-25              | 84
      --requirements 2026-07-28              | 196
      --suite all                            | 234
      --suite all --spec-version 2025-06-18  | 56
      --suite all --spec-version 2025-03-26  | 3
      """;

  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(45);

  private static Vertx vertx;
  private static NodeProcess node;
  private static ClusterProcesses cluster;
  private static RoundRobinProxy proxy;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    node =
        NodeCommand.node("conformance")
            .set("plugins.dir", ConformanceTool.PLUGIN.toString())
            .start()
            .awaitReady();
    cluster =
        ClusterProcesses.start(
            3, command -> command.set("plugins.dir", ConformanceTool.PLUGIN.toString()));
    proxy = RoundRobinProxy.start(vertx, cluster.uris());
  }

  @AfterAll
  static void stop() {
    if (proxy != null) {
      proxy.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    if (node != null) {
      node.close();
    }
    vertx.close().await();
  }

  private static void check(URI url, String options, int checks) {
    ConformanceTool.Report report = ConformanceTool.run(url, options.split(" "));
    assertThat(report.imperfect()).as(options).isEmpty();
    assertThat(report.passed()).as("checks of " + options).isGreaterThanOrEqualTo(checks);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = RUNS)
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void onOneNode(String options, int checks) {
    check(node.uri(), options, checks);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = RUNS)
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void eachRequestAtTheNextOfThreeNodes(String options, int checks) {
    check(proxy.uri(), options, checks);
  }

  /** As in a deployment of a new version; the tool runs on and on meanwhile. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void whileOneNodeAfterTheOtherIsStoppedAndStarted() throws Exception {
    CompletableFuture<Void> restarts =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < cluster.size(); i++) {
                cluster.node(i).terminate();
                assertThat(cluster.node(i).exitCode(DRAIN_LIMIT)).as("exit code").isZero();
                cluster.restart(i);
                cluster.awaitReplicasComplete();
              }
            });
    int runs = 0;
    while (!restarts.isDone()) {
      check(proxy.uri(), "--requirements 2025-11-25", 84);
      check(proxy.uri(), "--requirements 2026-07-28", 196);
      runs++;
    }
    restarts.get(1, TimeUnit.SECONDS);
    assertThat(runs).isPositive();
  }
}
