package io.mcpnode.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.AdminClient;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How fast sessions are opened, and what idle ones weigh: alone, and with copies in a cluster. */
final class SessionsBench {

  private static final int SESSIONS = Bench.QUICK ? 500 : 10_000;
  private static final int WARM_UP = Bench.QUICK ? 100 : 2000;
  private static final int AT_ONCE = 64;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private SessionsBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "sessions",
            SESSIONS
                + " sessions opened (initialize and initialized, "
                + AT_ONCE
                + " at once) after "
                + WARM_UP
                + " to warm up; live heap by class histogram before and after. Alone there are no"
                + " copies; of three nodes each session has an owner and one more copy, and the last"
                + " row of those is the sum.");
    try (NodeProcess node = NodeCommand.node("alone").start().awaitReady()) {
      measure(vertx, report, "1", List.of(node.pid()), List.of(node.uri()));
    }
    try (ClusterProcesses cluster = ClusterProcesses.start(3)) {
      List<Long> pids = new ArrayList<>();
      for (int i = 0; i < cluster.size(); i++) {
        pids.add(cluster.node(i).pid());
      }
      measure(vertx, report, "3", pids, cluster.uris());
    }
    return report;
  }

  private static void measure(
      Vertx vertx, Report report, String nodes, List<Long> pids, List<URI> uris) {
    try (McpClient client = new McpClient(vertx, uris, AT_ONCE)) {
      open(client, WARM_UP);
      long[] before = heaps(pids);
      long[] ownedBefore = owned(uris);
      Effort effort = Effort.of(pids);
      long started = System.nanoTime();
      open(client, SESSIONS);
      double seconds = (System.nanoTime() - started) / 1e9;
      double cpu = effort.end().cpuSeconds() * 1e6 / SESSIONS;
      long[] after = heaps(pids);
      long[] ownedAfter = owned(uris);
      long sum = 0;
      for (int i = 0; i < before.length; i++) {
        long owns = ownedAfter[i] - ownedBefore[i];
        sum += after[i] - before[i];
        row(report, nodes, "n" + (i + 1), owns, Double.NaN, Double.NaN, before[i], after[i]);
      }
      row(report, nodes, "all", SESSIONS, SESSIONS / seconds, cpu, 0, sum);
    }
  }

  private static void row(
      Report report,
      String nodes,
      String node,
      long owned,
      double rate,
      double cpuMicros,
      long before,
      long after) {
    report.row(
        "nodes",
        nodes,
        "node",
        node,
        "new sessions owned",
        owned,
        "opened/s",
        rate,
        "CPU µs/opening",
        cpuMicros,
        "heap grew by kB",
        (after - before) / 1024.0,
        "bytes/session of all",
        (double) (after - before) / SESSIONS);
    report.sample(
        new JsonObject()
            .put("nodes", nodes)
            .put("node", node)
            .put("owned", owned)
            .put("heapBefore", before)
            .put("heapAfter", after));
  }

  private static void open(McpClient client, int count) {
    AtomicInteger left = new AtomicInteger(count);
    List<Future<?>> openers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      openers.add(openNext(client, left));
    }
    Future.all(openers).await();
  }

  private static Future<Void> openNext(McpClient client, AtomicInteger left) {
    if (left.getAndDecrement() <= 0) {
      return Future.succeededFuture();
    }
    return client
        .open()
        .compose(
            (McpReply reply) ->
                reply.isResult()
                    ? openNext(client, left)
                    : Future.failedFuture("no session: " + reply));
  }

  /** Live objects, in bytes; the histogram collects garbage first. */
  private static long[] heaps(List<Long> pids) {
    return pids.stream()
        .mapToLong(
            pid -> {
              String text = Machine.output("jcmd", Long.toString(pid), "GC.class_histogram");
              Matcher total = TOTAL.matcher(text);
              if (!total.find()) {
                throw new IllegalStateException("no histogram of " + pid + ": " + text);
              }
              return Long.parseLong(total.group(1));
            })
        .toArray();
  }

  /** How many records each node owns, as the first one tells; order as the nodes' names. */
  private static long[] owned(List<URI> uris) {
    AdminClient.Answer answer = new AdminClient(uris.get(0)).get("/cluster/status");
    List<Long> counts = new ArrayList<>();
    List<JsonNode> nodes = new ArrayList<>();
    answer.body().path("nodes").forEach(nodes::add);
    nodes.sort((a, b) -> a.path("node").asText().compareTo(b.path("node").asText()));
    nodes.forEach(node -> counts.add(node.path("sessions").asLong()));
    if (counts.size() != uris.size()) {
      throw new IllegalStateException("status of " + uris.size() + " nodes: " + answer.text());
    }
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
