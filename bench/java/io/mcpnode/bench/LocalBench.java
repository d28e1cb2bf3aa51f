package io.mcpnode.bench;

import io.mcpnode.process.McpClient;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.vertx.core.Vertx;
import java.util.List;

/** One node alone against a raw server, one call, both eras; in turns. */
final class LocalBench {

  static final int SESSIONS = 100;
  static final int ROUNDS = Bench.QUICK ? 2 : 5;
  static final int SECONDS = Bench.QUICK ? 1 : 4;
  static final int WARM_UP_SECONDS = Bench.QUICK ? 1 : 20;
  private static final int[] CONNECTIONS = Bench.QUICK ? new int[] {32} : new int[] {1, 32, 256};

  private LocalBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "local",
            "`tools/call echo`, one node without a cluster against raw Vert.x servers that parse the"
                + " same body and answer the same. Servers on one core, wrk on the other,"
                + " alternating rounds; medians, and ratios per round.");
    try (Servers.Raw tree = Servers.raw("tree");
        Servers.Raw stream = Servers.raw("stream");
        NodeProcess node = NodeCommand.node("bench").under(Machine.onServerCore()).start();
        McpClient client = new McpClient(vertx, List.of(node.uri()), 8)) {
      String sessions = Servers.file(Servers.open(client, SESSIONS));
      for (String era : List.of("legacy", "modern")) {
        Subject yardstick = new Subject("raw tree", era, tree.uri(), List.of(tree.pid()), sessions);
        List<Subject> subjects =
            List.of(
                yardstick,
                new Subject("raw stream", era, stream.uri(), List.of(stream.pid()), sessions),
                new Subject("mcp-node", era, node.uri(), List.of(node.pid()), sessions));
        subjects.forEach(subject -> subject.warmUp(WARM_UP_SECONDS));
        report.note(
            "Bytes of an answer, " + era + ":" + answerSizes(client, tree, node, era) + ".");
        for (int connections : CONNECTIONS) {
          alternate(subjects, connections, yardstick, report);
        }
      }
    }
    return report;
  }

  /** The yardstick must write as much as the node, or it measures something else. */
  private static String answerSizes(
      McpClient client, Servers.Raw raw, NodeProcess node, String era) {
    return " raw "
        + Servers.echoSize(client, raw.uri(), era)
        + ", mcp-node "
        + Servers.echoSize(client, node.uri(), era);
  }

  /** Measures all in turn, round by round, so that a noisy moment hits all of them. */
  static void alternate(List<Subject> subjects, int connections, Subject yardstick, Report report) {
    subjects.forEach(Subject::reset);
    for (int round = 0; round < ROUNDS; round++) {
      subjects.forEach(subject -> subject.measure(connections, SECONDS));
    }
    subjects.forEach(subject -> subject.report(report, connections, yardstick));
  }
}
