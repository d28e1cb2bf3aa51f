package io.mcpnode.netns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three nodes, then five with three copies of everything; n1 is the oldest, then n2. What clients
 * on all sides see while links are cut.
 */
@ParameterizedClass(name = "{0} nodes")
@ValueSource(ints = {3, 5})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PartitionIT {

  private static final Duration SHORT = Duration.ofSeconds(2);
  private static Vertx vertx;
  private static HostedCluster cluster;

  /** The number of the youngest node. */
  private final int last;

  PartitionIT(int nodes) {
    this.last = nodes;
  }

  @BeforeParameterizedClassInvocation
  static void start(int nodes) {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    vertx = Vertx.vertx();
    cluster =
        HostedCluster.start(
            nodes,
            command -> command.set("cluster.replicationFactor", Integer.toString((nodes + 1) / 2)));
  }

  @AfterParameterizedClassInvocation
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

  private static void cutOff(int host) {
    net().split(List.of(Set.of(host), net().others(Set.of(host))));
  }

  @Test
  void aCleanCutOfTheYoungestNode() {
    run()
        .run(
            "n%d | %d others".formatted(last, last - 1),
            () -> cutOff(last),
            () -> net().heal(),
            Set.of(last),
            SHORT);
  }

  @Test
  void aCleanCutOfTheOldestNode() {
    run()
        .run(
            "n1 | %d others".formatted(last - 1),
            () -> cutOff(1),
            () -> net().heal(),
            Set.of(1),
            SHORT);
  }

  @Test
  void aLinkThatWorksOneWayOnly() {
    run()
        .run(
            "n2 does not reach n%1$d, n%1$d reaches n2, of %1$d".formatted(last),
            () -> net().cutOneWay(2, last),
            () -> net().heal(),
            Set.of(last),
            SHORT);
  }

  @Test
  void theLinkBetweenTwoOrdinaryMembersIsCut() {
    run()
        .run(
            "n2 and n%1$d do not reach each other, of %1$d".formatted(last),
            () -> net().cut(2, last),
            () -> net().heal(),
            Set.of(last),
            SHORT);
  }

  @Test
  void aNodeThatWasPausedForTenSeconds() {
    run()
        .run(
            "n2 stopped for ten seconds, of " + last,
            () -> cluster.pause(2),
            () -> cluster.resume(2),
            Set.of(2),
            SHORT);
  }

  @Test
  void aLinkThatFlaps() {
    run().disturb(comesAndGoes(), () -> flap(3, 4, 1), () -> net().heal());
  }

  @Test
  @EnabledIfSystemProperty(named = "partition.full", matches = "true")
  void aLinkThatFlapsForAMinute() {
    run().disturb(comesAndGoes(), () -> flap(6, 7, 5), () -> net().heal());
  }

  private String comesAndGoes() {
    return "n%1$d comes and goes, of %1$d".formatted(last);
  }

  private void flap(int times, int goneSeconds, int backSeconds) {
    for (int i = 0; i < times; i++) {
      cutOff(last);
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

  private void loses(Duration time) {
    run()
        .endure(
            "n%1$d loses 20 %% of what it gets, of %1$d".formatted(last),
            () -> net().lossy(last, 0.2),
            () -> net().heal(),
            time);
  }
}
