package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that the cluster must not take. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CookieIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static ClusterProcesses cluster;

  @BeforeAll
  static void startCluster() {
    cluster = ClusterProcesses.start(2);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static void refused(NodeCommand command, String inItsReason) {
    try (NodeProcess intruder = command.start()) {
      assertThat(intruder.exitCode(LIMIT)).isEqualTo(69);
      assertThat(intruder.saidReady()).isFalse();
      assertThat(intruder.log())
          .as("the reason in one line")
          .anySatisfy(line -> assertThat(line).contains(inItsReason));
      assertThat(intruder.log()).noneMatch(line -> line.startsWith("\tat "));
    }
    for (int i = 0; i < cluster.size(); i++) {
      assertThat(cluster.admin(i).get("/health/ready").status()).isEqualTo(200);
      assertThat(ClusterProcesses.nodesUp(cluster.admin(i))).isEqualTo(2);
      assertThat(cluster.admin(i).get("/cluster/status").body().path("nodes")).hasSize(2);
    }
  }

  @Test
  void aNodeWithAnotherCookieEndsWithTheReasonInOneLine() {
    refused(cluster.clustered("stranger").set("cluster.cookie", "another cookie"), "cookie");
  }

  @Test
  void aNodeWithoutACookieIsRefusedToo() {
    refused(cluster.clustered("stranger").set("cluster.cookie", ""), "cookie");
  }

  @Test
  void neitherCookieIsShown() {
    try (NodeProcess intruder =
        cluster.clustered("stranger").set("cluster.cookie", "hunter2-hunter2").start()) {
      intruder.exitCode(LIMIT);
      assertThat(intruder.log()).noneMatch(line -> line.contains("hunter2"));
      assertThat(intruder.log()).noneMatch(line -> line.contains(ClusterProcesses.COOKIE));
    }
  }
}
