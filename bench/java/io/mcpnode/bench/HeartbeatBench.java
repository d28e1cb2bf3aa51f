package io.mcpnode.bench;

import io.mcpnode.process.AdminClient;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether nodes that are as busy as they can be still tell in time that they live. */
final class HeartbeatBench {

  private static final int NODES = 3;
  private static final int SECONDS = Bench.QUICK ? 5 : 30;
  private static final int CONNECTIONS = 64;
  private static final String[] BOUNDS = {"0.02", "0.1", "0.5"};

  /**
   * @param within heartbeats no later than each of the bounds
   */
  private record Beats(long all, double lateSum, List<Long> within, long alerts) {}

  private HeartbeatBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "heartbeat",
            "Three nodes on one core: for "
                + SECONDS
                + " s without load, then as long with `tools/call echo` at n1 over "
                + CONNECTIONS
                + " connections, in sessions of all nodes. How late each node sent its heartbeats"
                + " (one a second), and the alerts that were raised.");
    try (ClusterProcesses cluster =
            ClusterProcesses.start(NODES, command -> command.under(Machine.onServerCore()));
        McpClient client = new McpClient(vertx, cluster.uris(), 8)) {
      List<Long> pids = new ArrayList<>();
      for (int i = 0; i < NODES; i++) {
        pids.add(cluster.node(i).pid());
      }
      String sessions = Servers.file(Servers.open(client, LocalBench.SESSIONS));
      Subject load = new Subject("load", "legacy", cluster.uris().get(0), pids, sessions);
      load.warmUp(LocalBench.WARM_UP_SECONDS);
      List<Beats> before = beats(cluster);
      vertx.timer(SECONDS, TimeUnit.SECONDS).await();
      List<Beats> idle = beats(cluster);
      Subject.Sample sample = load.measure(CONNECTIONS, SECONDS);
      List<Beats> loaded = beats(cluster);
      rows(report, "none", 0, before, idle);
      rows(report, "full", sample.wrk().perSecond(), idle, loaded);
    }
    return report;
  }

  private static void rows(
      Report report, String load, double rate, List<Beats> before, List<Beats> after) {
    for (int i = 0; i < after.size(); i++) {
      Beats then = before.get(i);
      Beats now = after.get(i);
      long all = now.all - then.all;
      double mean = all == 0 ? Double.NaN : (now.lateSum - then.lateSum) * 1e3 / all;
      JsonObject sample =
          new JsonObject()
              .put("load", load)
              .put("node", "n" + (i + 1))
              .put("beats", all)
              .put("meanLateMillis", Report.measured(mean));
      long[] late = new long[BOUNDS.length];
      for (int bound = 0; bound < BOUNDS.length; bound++) {
        late[bound] = all - (now.within.get(bound) - then.within.get(bound));
        sample.put("laterThan" + BOUNDS[bound], late[bound]);
      }
      report.row(
          "load",
          load,
          "requests/s",
          rate,
          "node",
          "n" + (i + 1),
          "heartbeats",
          all,
          "late by ms, mean",
          mean,
          "> 20 ms",
          late[0],
          "> 100 ms",
          late[1],
          "> 500 ms",
          late[2],
          "alerts",
          now.alerts - then.alerts);
      report.sample(sample.put("alerts", now.alerts - then.alerts));
    }
  }

  private static List<Beats> beats(ClusterProcesses cluster) {
    List<Beats> all = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      all.add(beats(cluster.admin(i)));
    }
    return all;
  }

  private static Beats beats(AdminClient admin) {
    String text = admin.get("/metrics").text();
    List<Long> within = new ArrayList<>();
    for (String bound : BOUNDS) {
      within.add((long) sum(text, "mcp_heartbeat_delay_seconds_bucket{le=\"" + bound + "\"}"));
    }
    return new Beats(
        (long) sum(text, "mcp_heartbeat_delay_seconds_count"),
        sum(text, "mcp_heartbeat_delay_seconds_sum"),
        within,
        (long) sum(text, "mcp_alerts_total{"));
  }

  /** Of all lines that begin so; fails if there is none. */
  private static double sum(String text, String begin) {
    Matcher lines =
        Pattern.compile("(?m)^" + Pattern.quote(begin) + ".*?\\s([0-9.eE+-]+)$").matcher(text);
    double sum = 0;
    boolean found = false;
    while (lines.find()) {
      sum += Double.parseDouble(lines.group(1));
      found = true;
    }
    if (!found) {
      throw new IllegalStateException("no metric " + begin);
    }
    return sum;
  }
}
