package io.mcpnode.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The strategies under which a single node goes on against two; the majority is PartitionIT's. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StrategyIT {

  /** With the verdict, longer than Hazelcast needs to remove the other side. */
  private static final Duration SHORT = Duration.ofSeconds(4);

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    if (vertx != null) {
      vertx.close().await();
    }
  }

  @Test
  void theSideOfTheOldestNodeGoesOn() {
    try (HostedCluster cluster =
        HostedCluster.start(
            3, command -> command.set("cluster.splitBrainStrategy", "oldest_node"))) {
      Hosts net = cluster.hosts();
      new CutRun(vertx, cluster)
          .run(
              "oldest_node, {n1} | {n2,n3}",
              () -> net.split(List.of(Set.of(1), Set.of(2, 3))),
              net::heal,
              Set.of(2, 3),
              Set.of(1),
              Set.of(),
              SHORT);
    }
  }

  @Test
  void theSideOfTheConfiguredMasterGoesOnAndAnOperatorCanStopIt() {
    try (HostedCluster cluster =
        HostedCluster.start(
            3,
            false, // without the master nobody gets ready
            command ->
                command
                    .set("cluster.splitBrainStrategy", "configured_master")
                    .set("cluster.masterNode", "n3"))) {
      Hosts net = cluster.hosts();
      new CutRun(vertx, cluster)
          .run(
              "configured_master n3, {n1,n2} | {n3}",
              () -> net.split(List.of(Set.of(1, 2), Set.of(3))),
              net::heal,
              Set.of(1, 2),
              Set.of(3),
              Set.of(),
              SHORT);
      cluster.awaitAllUp();
      net.split(List.of(Set.of(1, 2), Set.of(3)));
      Await.until("n3 goes on", Duration.ofSeconds(10), () -> cluster.verdict(3).equals("goes_on"));
      Await.until(
          "n1 is quarantined",
          Duration.ofSeconds(10),
          () -> cluster.verdict(1).equals("quarantined"));
      JsonNode dry = resolve(cluster, 3, "{\"strategy\":\"majority\",\"dryRun\":true}");
      assertThat(dry.path("survivingGroup").toString()).isEqualTo("[\"n1\",\"n2\"]");
      assertThat(cluster.verdict(3)).isEqualTo("goes_on");
      assertThat(resolve(cluster, 3, "{\"strategy\":\"majority\"}").path("applied").asBoolean())
          .isTrue();
      assertThat(cluster.verdict(3)).isEqualTo("quarantined");
      assertThat(resolve(cluster, 1, "{\"strategy\":\"majority\"}").path("verdict").asText())
          .as("it may not go on by itself")
          .isEqualTo("quarantined");
      net.heal();
      cluster.awaitAllUp();
    }
  }

  private static JsonNode resolve(HostedCluster cluster, int host, String body) {
    return cluster.admin(host).post("/cluster/partition/resolve", body).body();
  }
}
