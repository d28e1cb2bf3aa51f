package io.mcpnode.bench;

import io.mcpnode.process.McpClient;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** One node alone with tracing off, with one request in a hundred recorded, and with all. */
final class TracingBench {

  private static final int[] CONNECTIONS = Bench.QUICK ? new int[] {32} : new int[] {1, 32};

  private TracingBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "tracing",
            "`tools/call echo` in a session of the node that is asked. Three nodes on one core, each"
                + " alone, wrk on the other, alternating rounds; medians, and ratios per round to"
                + " the node with tracing off.");
    try (NodeProcess off = node("off", "false", "0");
        NodeProcess some = node("some", "true", "0.01");
        NodeProcess all = node("all", "true", "1")) {
      List<Subject> subjects = new ArrayList<>();
      subjects.add(subject(vertx, "off", off));
      subjects.add(subject(vertx, "1 %", some));
      subjects.add(subject(vertx, "all", all));
      subjects.forEach(subject -> subject.warmUp(LocalBench.WARM_UP_SECONDS));
      for (int connections : CONNECTIONS) {
        LocalBench.alternate(subjects, connections, subjects.get(0), report);
      }
    }
    return report;
  }

  private static NodeProcess node(String name, String enabled, String ratio) {
    return NodeCommand.node(name)
        .set("tracing.enabled", enabled)
        .set("tracing.sampleRatio", ratio)
        .under(Machine.onServerCore())
        .start();
  }

  private static Subject subject(Vertx vertx, String name, NodeProcess node) {
    try (McpClient client = new McpClient(vertx, List.of(node.uri()), 8)) {
      String sessions = Servers.file(Servers.open(client, LocalBench.SESSIONS));
      return new Subject(name, "legacy", node.uri(), List.of(node.pid()), sessions);
    }
  }
}
