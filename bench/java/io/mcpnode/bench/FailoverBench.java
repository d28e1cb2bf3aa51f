package io.mcpnode.bench;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.FailoverRun;
import io.mcpnode.process.LoadReport;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** One of three nodes is killed while all sessions are in use. */
final class FailoverBench {

  private static final int SESSIONS = Bench.QUICK ? 100 : 1000;
  private static final int ROUNDS = Bench.QUICK ? 1 : 6;
  private static final Duration PACE = Duration.ofMillis(250);

  private FailoverBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "failover",
            SESSIONS
                + " sessions, each adding one to its counter every "
                + PACE.toMillis()
                + " ms through three nodes in rotation; kill -9 of one node, which is started again"
                + " before the next round. A pause lasts from the first try of an addition until the"
                + " next acknowledged one of the same session. Unknown: the connection to the killed"
                + " node broke, or the cluster said that nobody knows.");
    try (ClusterProcesses cluster = ClusterProcesses.start(3)) {
      for (int round = 0; round < ROUNDS; round++) {
        int victim = round % cluster.size();
        FailoverRun.Outcome outcome = FailoverRun.kill(vertx, cluster, victim, SESSIONS, 0, PACE);
        add(report, cluster.name(victim), outcome.owned(), outcome.report());
        cluster.awaitReplicasComplete();
      }
    }
    return report;
  }

  private static long violations(LoadReport load, String kind) {
    return load.violations().stream().filter(text -> text.contains(kind)).count();
  }

  private static void add(Report report, String victim, long owned, LoadReport load) {
    report.row(
        "killed",
        victim,
        "owned",
        owned,
        "pause p50 ms",
        load.pausesMillis().percentile(0.5),
        "p95 ms",
        load.pausesMillis().percentile(0.95),
        "max ms",
        load.pausesMillis().max(),
        "acknowledged",
        load.acked(),
        "lost",
        violations(load, "lost"),
        "doubled",
        violations(load, "doubled"),
        "gone",
        load.gone(),
        "unknown",
        load.unknown(),
        "refused (503)",
        load.refused(),
        "other errors",
        load.errors());
    report.sample(
        new JsonObject()
            .put("killed", victim)
            .put("violations", new JsonArray(load.violations()))
            .put("reasons", new JsonArray(load.reasons())));
  }
}
