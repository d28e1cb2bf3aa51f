package io.mcpnode.bench;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.vertx.core.Vertx;
import java.util.List;

/** The same call sent to the owner of its session, and to the other node of two. */
final class HopBench {

  private static final int CANDIDATES = 4 * LocalBench.SESSIONS;
  private static final int[] CONNECTIONS = Bench.QUICK ? new int[] {32} : new int[] {1, 32, 256};

  private HopBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "hop",
            "`tools/call echo` in sessions owned by n1 of two nodes: sent to n1 (local) and to n2"
                + " (hop). Both nodes share one core, and the cost is that of both together; wrk on"
                + " the other core.");
    try (Servers.Raw tree = Servers.raw("tree");
        ClusterProcesses cluster =
            ClusterProcesses.start(2, command -> command.under(Machine.onServerCore()));
        McpClient client = new McpClient(vertx, cluster.uris(), 8)) {
      List<String> owned =
          Servers.open(client, CANDIDATES).stream()
              .filter(session -> ownedByFirst(client, cluster, session))
              .limit(LocalBench.SESSIONS)
              .toList();
      if (owned.isEmpty()) {
        throw new IllegalStateException("n1 owns none of " + CANDIDATES + " sessions");
      }
      String sessions = Servers.file(owned);
      List<Long> both = List.of(cluster.node(0).pid(), cluster.node(1).pid());
      Subject local = new Subject("local", "legacy", cluster.uris().get(0), both, sessions);
      List<Subject> subjects =
          List.of(
              local,
              new Subject("hop", "legacy", cluster.uris().get(1), both, sessions),
              new Subject("raw tree", "legacy", tree.uri(), List.of(tree.pid()), sessions));
      subjects.forEach(subject -> subject.warmUp(LocalBench.WARM_UP_SECONDS));
      for (int connections : CONNECTIONS) {
        LocalBench.alternate(subjects, connections, local, report);
      }
    }
    return report;
  }

  private static boolean ownedByFirst(McpClient client, ClusterProcesses cluster, String session) {
    return cluster.name(0).equals(Servers.whoAmI(client, 1, session).getString("owner"));
  }
}
