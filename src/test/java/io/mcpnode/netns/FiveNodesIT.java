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

  /**
   * n5 keeps the member list and, as the youngest, stands aside. Healed at about that time, so that
   * all others hear what it does: it must not have them remove each other.
   */
  @Test
  void theNodeThatStandsAsideKeepsTheMemberList() {
    // Whoever comes back after a cut is the last one in the list, whatever its age.
    cutOff(Set.of(1, 3));
    cutOff(Set.of(2, 4));
    Hosts net = cluster.hosts();
    new CutRun(vertx, cluster)
        .disturb(
            "n5 does not reach n2 for 3.3 s, and keeps the member list",
            () -> {
              net.cutOneWay(5, 2);
              CutRun.lasting(Duration.ofMillis(3300));
            },
            net::heal);
  }

  private static void cutOff(Set<Integer> some) {
    Hosts net = cluster.hosts();
    net.split(List.of(some, net.others(some)));
    cluster.awaitNodesUp(5, 5 - some.size());
    net.heal();
    cluster.awaitAllUp();
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
