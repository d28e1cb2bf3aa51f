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
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three nodes; n1 is the oldest, then n2. What clients on all sides see while links are cut. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PartitionIT {

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static Vertx vertx;
  private static HostedCluster cluster;

  @BeforeAll
  static void start() {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    vertx = Vertx.vertx();
    cluster = HostedCluster.start(3, command -> command);
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

  private static CutRun run() {
    return new CutRun(vertx, cluster);
  }

  private static Hosts net() {
    return cluster.hosts();
  }

  @Test
  void aCleanCutOfOneNode() {
    run()
        .run(
            "{n1,n2} | {n3}",
            () -> net().split(List.of(Set.of(1, 2), Set.of(3))),
            () -> net().heal(),
            Set.of(3),
            SHORT);
  }

  @Test
  void aCleanCutOfTheOldestNode() {
    run()
        .run(
            "{n1} | {n2,n3}",
            () -> net().split(List.of(Set.of(1), Set.of(2, 3))),
            () -> net().heal(),
            Set.of(1),
            SHORT);
  }

  @Test
  void aLinkThatWorksOneWayOnly() {
    run()
        .run(
            "n2 does not reach n3, n3 reaches n2",
            () -> net().cutOneWay(2, 3),
            () -> net().heal(),
            Set.of(3),
            SHORT);
  }

  @Test
  void theLinkBetweenTwoOrdinaryMembersIsCut() {
    run().run("{n1,(n2,n3)}", () -> net().cut(2, 3), () -> net().heal(), Set.of(3), SHORT);
  }

  @Test
  void aNodeThatWasPausedForTenSeconds() {
    run()
        .run(
            "n2 stopped for ten seconds",
            () -> cluster.pause(2),
            () -> cluster.resume(2),
            Set.of(2),
            SHORT);
  }

  @Test
  void aLinkThatFlaps() {
    run().disturb("n3 comes and goes", () -> flap(3, 4, 1), () -> net().heal());
  }

  @Test
  @EnabledIfSystemProperty(named = "partition.full", matches = "true")
  void aLinkThatFlapsForAMinute() {
    run().disturb("n3 comes and goes", () -> flap(6, 7, 5), () -> net().heal());
  }

  private static void flap(int times, int goneSeconds, int backSeconds) {
    for (int i = 0; i < times; i++) {
      net().split(List.of(Set.of(1, 2), Set.of(3)));
      CutRun.lasting(Duration.ofSeconds(goneSeconds));
      net().heal();
      CutRun.lasting(Duration.ofSeconds(backSeconds));
    }
  }

  @Test
  void aNodeThatLosesAFifthOfAllPackets() {
    loses(Duration.ofSeconds(10));
  }

  @Test
  @EnabledIfSystemProperty(named = "partition.full", matches = "true")
  void aNodeThatLosesAFifthOfAllPacketsForAMinute() {
    loses(Duration.ofMinutes(1));
  }

  private static void loses(Duration time) {
    run()
        .endure(
            "n3 loses 20 % of what it gets", () -> net().lossy(3, 0.2), () -> net().heal(), time);
  }
}
