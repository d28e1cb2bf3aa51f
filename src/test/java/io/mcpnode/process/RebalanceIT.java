package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fourth node joins three that are at work, and a drained one is given its share again. */
class RebalanceIT {

  private static final int SESSIONS = 300;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private static Map<String, Integer> owned(AdminClient admin) {
    Map<String, Integer> owned = new TreeMap<>();
    for (JsonNode node : admin.get("/cluster/rebalance").body().path("nodes")) {
      owned.put(node.path("node").asText(), node.path("sessions").asInt());
    }
    return owned;
  }

  private static boolean isStill(AdminClient admin) {
    return admin.get("/cluster/rebalance").body().path("state").asText().equals("still");
  }

  private static void awaitEven(AdminClient admin, int nodes) {
    int share = SESSIONS / nodes;
    Await.until(
        "each of " + nodes + " nodes owns about " + share,
        LIMIT,
        () -> {
          Map<String, Integer> owned = owned(admin);
          return owned.size() == nodes
              && isStill(admin)
              && owned.values().stream().allMatch(it -> Math.abs(it - share) <= share / 5);
        });
  }

  @Test
  @Timeout(value = 4, unit = TimeUnit.MINUTES)
  void aNodeThatJoinsGetsItsShareAndNoClientNotices() {
    Vertx vertx = Vertx.vertx();
    try (ClusterProcesses cluster = ClusterProcesses.start(3);
        McpClient client = new McpClient(vertx, cluster.uris(), SESSIONS);
        CounterLoad load = new CounterLoad(client, Duration.ofMillis(600))) {
      AdminClient admin = cluster.admin(0);
      load.open(SESSIONS, 0).begin();
      load.awaitAllServed();
      try (NodeProcess fourth = cluster.clustered("n4").start().awaitReady()) {
        awaitEven(admin, 4);
        load.awaitAllServed();

        AdminClient.Answer drain = admin.post("/cluster/nodes/n2/drain", "{}");
        assertThat(drain.status()).as(drain.text()).isEqualTo(202);
        assertThat(drain.body().path("state").asText()).isEqualTo("draining");
        assertThat(drain.body().path("remaining").asInt()).isPositive();
        Await.until(
            "n2 is drained, as its progress says",
            LIMIT,
            () -> {
              JsonNode progress = admin.post("/cluster/nodes/n2/drain", "{}").body();
              return progress.path("state").asText().equals("drained")
                  && progress.path("remaining").asInt() == 0
                  && progress.path("moved").asInt() >= SESSIONS / 5;
            });
        assertThat(owned(admin)).containsOnlyKeys("n1", "n3", "n4");
        admin.delete("/cluster/nodes/n2/drain");
        Await.until("n2 takes part again", LIMIT, () -> owned(admin).containsKey("n2"));

        AdminClient.Answer rebalance = cluster.admin(2).post("/cluster/rebalance", "{}");
        assertThat(rebalance.status()).as(rebalance.text()).isEqualTo(202);
        assertThat(rebalance.body().path("state").asText()).isEqualTo("moving");
        awaitEven(admin, 4);
        load.awaitAllServed();
        LoadReport report = load.finish();
        System.out.println("a fourth node, a drain, a rebalancing: " + report.summary());
        assertThat(report.reasons()).as("what clients saw besides results").isEmpty();
        assertThat(report.violations()).isEmpty();
        assertThat(report.unknown() + report.refused() + report.errors() + report.gone()).isZero();
        assertThat(fourth.isAlive()).isTrue();
      }
    } finally {
      vertx.close().await();
    }
  }
}
