package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NameTakenIT {

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aNodeWhoseNameIsTakenEndsWithTheReasonAndTheOtherOneStays() {
    try (ClusterProcesses cluster = ClusterProcesses.start(2);
        NodeProcess second = cluster.clustered("n2").start()) {
      assertThat(second.exitCode(Duration.ofSeconds(60))).isEqualTo(69);
      assertThat(second.saidReady()).isFalse();
      assertThat(second.log()).anyMatch(line -> line.contains("n2") && line.contains("name"));
      cluster.awaitAllUp();
      assertThat(cluster.node(1).isAlive()).isTrue();
      assertThat(cluster.admin(1).get("/health/ready").status()).isEqualTo(200);
      assertThat(cluster.admin(0).get("/cluster/status").body().path("nodes")).hasSize(2);
    }
  }
}
