package io.mcpnode.netns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Five nodes with three copies of everything: any two may be lost, or cut off, at once. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FiveNodesIT {

  private static Vertx vertx;
  private static HostedCluster cluster;

  @BeforeAll
  static void start() {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    vertx = Vertx.vertx();
    cluster = HostedCluster.start(5, command -> command.set("cluster.replicationFactor", "3"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
      vertx.close().await();
    }
  }

  @BeforeEach
  void allIsWell() {
    cluster.hosts().heal();
    cluster.awaitAllUp();
  }

  /** The oldest, and one that is younger than the oldest of the others. */
  @Test
  void twoOfFiveAreCutOff() {
    Hosts net = cluster.hosts();
    new CutRun(vertx, cluster)
        .takesOverWithin(Duration.ofSeconds(9))
        .run(
            "{n1,n4} | {n2,n3,n5}",
            () -> net.split(List.of(Set.of(1, 4), Set.of(2, 3, 5))),
            net::heal,
            Set.of(1, 4),
            Duration.ofSeconds(2));
  }

  @Test
  void twoAreKilledAtOnceAndStartedAgain() {
    new CutRun(vertx, cluster)
        .disturb(
            "kill -9 of n2 and n4",
            () -> {
              cluster.kill(Set.of(2, 4));
              cluster.restart(2);
              cluster.restart(4);
              cluster.awaitAllUp();
            },
            () -> {});
  }
}
