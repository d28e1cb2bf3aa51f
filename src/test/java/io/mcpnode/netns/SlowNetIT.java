package io.mcpnode.netns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Three nodes far from each other: a round trip takes 300 ms. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SlowNetIT {

  private static final Duration ONE_WAY = Duration.ofMillis(150);
  private static Vertx vertx;
  private static SlowSwitch net;
  private static HostedCluster cluster;

  @BeforeAll
  static void start() {
    String missing = Hosts.missing() + SlowSwitch.missing();
    assumeTrue(missing.isEmpty(), missing);
    vertx = Vertx.vertx();
    cluster =
        HostedCluster.start(
            3, command -> command, hosts -> net = SlowSwitch.between(hosts, ONE_WAY));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
      net.close();
      vertx.close().await();
    }
  }

  @Test
  void latencyIsNoPartition() {
    new CutRun(vertx, cluster)
        .endure("300 ms of latency", () -> {}, () -> {}, Duration.ofSeconds(10));
  }

  /** Some hundred round trips: it takes longer than on a fast network. */
  @Test
  @EnabledIfSystemProperty(named = "partition.full", matches = "true")
  void aCutIsFoundAndHealsAllTheSame() {
    Hosts hosts = cluster.hosts();
    new CutRun(vertx, cluster)
        .patient(Duration.ofSeconds(60))
        .run(
            "{n1,n2} | {n3} with 300 ms of latency",
            () -> hosts.split(List.of(Set.of(1, 2), Set.of(3))),
            hosts::heal,
            Set.of(3),
            Duration.ofSeconds(2));
  }
}
