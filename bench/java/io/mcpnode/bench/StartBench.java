package io.mcpnode.bench;

import io.mcpnode.process.AdminClient;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.mcpnode.process.Ports;
import io.mcpnode.process.Spread;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/** From the start of the process until a client can initialize. */
final class StartBench {

  private static final int ROUNDS = Bench.QUICK ? 2 : 7;
  private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long BETWEEN_NANOS = Duration.ofMillis(2).toNanos();
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
          + "\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}";

  private StartBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "start",
            "Cold start, by `java -jar`, until `initialize` is answered: one node alone, and three"
                + " nodes until each of them sees all and answers (one is started first, then the"
                + " other two). Milliseconds.");
    add(report, "one node", StartBench::one);
    add(report, "three nodes", StartBench::three);
    return report;
  }

  private static void add(Report report, String what, DoubleSupplier measure) {
    List<Double> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      millis.add(measure.getAsDouble());
    }
    Spread spread = Spread.of(millis);
    report.row(
        "what",
        what,
        "median ms",
        spread.median(),
        "min ms",
        spread.min(),
        "max ms",
        spread.max(),
        "rounds",
        ROUNDS);
    report.sample(new JsonObject().put("what", what).put("millis", new JsonArray(millis)));
  }

  private static double one() {
    int port = Ports.free();
    long started = System.nanoTime();
    try (NodeProcess node =
        NodeCommand.node("cold").set("http.port", Integer.toString(port)).start()) {
      awaitAnswer(URI.create("http://127.0.0.1:" + port + "/mcp"), node);
      return (System.nanoTime() - started) / 1e6;
    }
  }

  private static double three() {
    long started = System.nanoTime();
    try (ClusterProcesses cluster = ClusterProcesses.start(3)) {
      for (int i = 0; i < cluster.size(); i++) {
        awaitAnswer(cluster.uris().get(i), cluster.node(i));
      }
      return (System.nanoTime() - started) / 1e6;
    }
  }

  private static void awaitAnswer(URI uri, NodeProcess node) {
    AdminClient client = new AdminClient(uri);
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!answers(client, uri.getPath())) {
      if (System.nanoTime() > deadline || !node.isAlive()) {
        throw new IllegalStateException("no answer of " + uri);
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  private static boolean answers(AdminClient client, String path) {
    try {
      Map<String, String> headers =
          Map.of(
              "content-type", "application/json", "accept", "application/json, text/event-stream");
      return client.post(path, INITIALIZE, headers).status() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
