package io.mcpnode.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.Await;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The strategies under which the smaller side may go on; the majority is PartitionIT's. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StrategyIT {

  /** With the verdict, about as long as it takes until each side gives the other up. */
  private static final Duration SHORT = Duration.ofMillis(2500);

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

  @Test
  void theMasterAndOneMoreGoOnAgainstThreeOfFive() {
    try (HostedCluster cluster =
        HostedCluster.start(
            5,
            command ->
                command
                    .set("cluster.replicationFactor", "4") // one at least on each side
                    .set("cluster.splitBrainStrategy", "configured_master")
                    .set("cluster.masterNode", "n5"))) {
      Hosts net = cluster.hosts();
      Map<Integer, JsonNode> reports = new TreeMap<>();
      new CutRun(vertx, cluster)
          .takesOverWithin(Duration.ofSeconds(9))
          .run(
              "configured_master n5, {n1,n2,n3} | {n4,n5}",
              () -> net.split(List.of(Set.of(1, 2, 3), Set.of(4, 5))),
              () -> {
                for (int host = 1; host <= 5; host++) {
                  reports.putIfAbsent(host, cluster.admin(host).get("/cluster/partition").body());
                }
                net.heal();
              },
              Set.of(1, 2, 3),
              Set.of(4, 5),
              Set.of(4, 5),
              SHORT);
      reports.forEach(
          (host, report) -> {
            assertThat(report.path("partitionDetected").asBoolean()).isTrue();
            assertThat(report.path("isolatedGroups").toString())
                .isEqualTo("[[\"n1\",\"n2\",\"n3\"],[\"n4\",\"n5\"]]");
            assertThat(report.path("majorityGroup").toString()).isEqualTo("[\"n1\",\"n2\",\"n3\"]");
            assertThat(report.path("minorityGroups").toString()).isEqualTo("[[\"n4\",\"n5\"]]");
            assertThat(report.path("resolutionStrategy").asText()).isEqualTo("configured_master");
            assertThat(report.path("survivingGroup").toString()).isEqualTo("[\"n4\",\"n5\"]");
            assertThat(report.path("verdict").asText())
                .isEqualTo(host < 4 ? "quarantined" : "goes_on");
          });
      assertThat(reports).containsOnlyKeys(1, 2, 3, 4, 5);
    }
  }

  private static JsonNode resolve(HostedCluster cluster, int host, String body) {
    return cluster.admin(host).post("/cluster/partition/resolve", body).body();
  }
}
