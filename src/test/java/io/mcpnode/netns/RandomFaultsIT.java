package io.mcpnode.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One fault after the other, each as soon as all nodes have served every session since the last
 * one: copies and sessions are still on the move then. Nothing that was acknowledged may be lost or
 * done twice, and everything serves again in the end. {@code -Dfaults.seed} repeats a run's faults,
 * {@code -Dfaults.rounds} makes it longer.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RandomFaultsIT {

  private static final int ROUNDS = Integer.getInteger("faults.rounds", 2);
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
  private static final int SESSIONS = 9;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource({"3, 2, oldest_node", "5, 3, majority"})
  void nothingIsLostOrDoneTwice(int nodes, int copies, String strategy) {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    Random random = new Random(SEED);
    Vertx vertx = Vertx.vertx();
    try (HostedCluster cluster =
            HostedCluster.start(
                nodes,
                command ->
                    command
                        .set("cluster.replicationFactor", Integer.toString(copies))
                        .set("cluster.splitBrainStrategy", strategy));
        SharedLoad load = SharedLoad.begin(vertx, cluster.uris(), SESSIONS)) {
      load.awaitServed(cluster.all(), LIMIT);
      for (int round = 1; round <= ROUNDS; round++) {
        RandomFault fault = RandomFault.next(random, cluster, copies - 1);
        String title = "%s, seed %d, round %d: %s".formatted(strategy, SEED, round, fault.title());
        fault.begin().run();
        CutRun.lasting(fault.lasts());
        fault.end().run();
        Duration back = load.awaitServed(cluster.all(), LIMIT);
        System.out.printf(
            "%s for %d ms, all serve %d ms later%n",
            title, fault.lasts().toMillis(), back.toMillis());
      }
      System.out.println(load.summary());
      assertThat(load.finish()).as("seed %d", SEED).isEmpty();
    } finally {
      vertx.close().await();
    }
  }
}
