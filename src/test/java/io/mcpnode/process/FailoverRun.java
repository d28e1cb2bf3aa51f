package io.mcpnode.process;

import io.vertx.core.Vertx;
import java.time.Duration;

/** One kill under load: clients work, a node is killed, comes back, and all counters are read. */
public final class FailoverRun {

  /**
   * @param owned sessions that the killed node owned
   */
  public record Outcome(long owned, LoadReport report) {}

  private FailoverRun() {}

  /**
   * Kills a node with SIGKILL while all clients work; returns when it is back, all copies are
   * complete, and every client has been served again.
   *
   * @param pace of each client, from an acknowledged addition to the next one
   */
  public static Outcome kill(
      Vertx vertx, ClusterProcesses cluster, int victim, int sessions, int handles, Duration pace) {
    try (McpClient client = new McpClient(vertx, cluster.uris(), sessions + handles);
        CounterLoad load = new CounterLoad(client, pace)) {
      load.open(sessions, handles).begin();
      load.awaitAllServed();
      String name = cluster.name(victim);
      long owned =
          load.whoAmI().stream().filter(who -> name.equals(who.getString("owner"))).count();
      cluster.node(victim).kill9();
      load.awaitAllServed();
      cluster.restart(victim);
      cluster.awaitReplicasComplete();
      load.awaitAllServed();
      return new Outcome(owned, load.finish());
    }
  }
}
