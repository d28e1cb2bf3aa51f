package io.mcpnode.netns;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Five nodes of which the side with the oldest goes on, with two copies of everything: of some
 * sessions both are on the side that does not.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TwoCopiesIT {

  private static final int SIZE = 5;

  /** With the verdict, until each side has given the other up. */
  private static final Duration CUT = Duration.ofSeconds(4);

  @Test
  void whatOnlyTheLosingSideHasIsServedAgainAfterwards() {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    Vertx vertx = Vertx.vertx();
    try (HostedCluster cluster =
        HostedCluster.start(
            SIZE,
            command ->
                command
                    .set("cluster.replicationFactor", "2")
                    .set("cluster.splitBrainStrategy", "oldest_node"))) {
      Hosts net = cluster.hosts();
      Set<Integer> losers = new TreeSet<>();
      Set<Integer> winners = new TreeSet<>();
      new CutRun(vertx, cluster)
          .run(
              "oldest_node, both copies of some on the side of two",
              () -> {
                losers.addAll(withoutTheOldest(cluster));
                winners.addAll(net.others(losers));
                net.split(List.of(losers, winners));
              },
              net::heal,
              losers,
              winners,
              Set.of(),
              CUT);
    } finally {
      vertx.close().await();
    }
  }

  /** The hosts of the copies of a session that n1 has none of. */
  private static Set<Integer> withoutTheOldest(HostedCluster cluster) {
    JsonNode sessions = cluster.admin(1).get("/cluster/sessions?limit=500").body().path("sessions");
    for (JsonNode session : sessions) {
      List<String> copies = new ArrayList<>(List.of(session.path("owner").asText()));
      session.path("backups").forEach(backup -> copies.add(backup.asText()));
      if (copies.size() == 2 && !copies.contains("n1")) {
        Set<Integer> hosts = new TreeSet<>();
        copies.forEach(name -> hosts.add(Integer.parseInt(name.substring(1))));
        return hosts;
      }
    }
    throw new AssertionError("n1 has a copy of every session: " + sessions);
  }
}
