package io.mcpnode.bench;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.mcpnode.process.NodeCommand;
import io.mcpnode.process.NodeProcess;
import io.mcpnode.process.Spread;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A change of the list of tools on one node, until all that listen have heard of it. */
final class ListenBench {

  private static final int STREAMS = Bench.QUICK ? 90 : 1_000;
  private static final int ROUNDS = Bench.QUICK ? 5 : 40;
  private static final int UNMEASURED = Bench.QUICK ? 3 : 20;
  private static final int AT_ONCE = 50;
  private static final int LIMIT_SECONDS = 30;

  private ListenBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "listen",
            STREAMS
                + " streams of `subscriptions/listen`, all at one node without a cluster, and over"
                + " three nodes. A tool called at n1 changes the list of tools: milliseconds from"
                + " the moment before the change until the first and until the last stream has the"
                + " notification. Nodes share one core, the client has the other one. "
                + ROUNDS
                + " changes; ratios are those of medians.");
    Machine.onLoadCore(() -> compare(vertx, report));
    return report;
  }

  private static void compare(Vertx vertx, Report report) {
    Spread one;
    try (NodeProcess node = settings(NodeCommand.node("alone")).start().awaitReady()) {
      one = measure(vertx, report, List.of(node.uri()), List.of(node.pid()), null);
    }
    try (ClusterProcesses cluster = ClusterProcesses.start(3, ListenBench::settings)) {
      List<Long> pids = new ArrayList<>();
      for (int i = 0; i < cluster.size(); i++) {
        pids.add(cluster.node(i).pid());
      }
      measure(vertx, report, cluster.uris(), pids, one);
    }
  }

  private static NodeCommand settings(NodeCommand command) {
    return command.set("plugins.dir", Servers.plugins()).under(Machine.onServerCore());
  }

  /** The notifications of one change; everything happens on the event loop of the client. */
  private static final class Change {
    final List<Long> heard = new ArrayList<>();
    final Promise<Void> all = Promise.promise();

    void hears() {
      heard.add(System.nanoTime());
      if (heard.size() == STREAMS) {
        all.complete();
      }
    }
  }

  /** Returns the times until the last stream had it. */
  private static Spread measure(
      Vertx vertx, Report report, List<URI> nodes, List<Long> pids, Spread one) {
    List<Double> first = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    double cpu;
    Change[] now = {new Change()};
    try (McpClient client = new McpClient(vertx, nodes, 8);
        EventClient streams = new EventClient(STREAMS)) {
      listen(streams, nodes, now);
      for (int round = 0; round < UNMEASURED; round++) {
        change(client, now);
      }
      Effort effort = Effort.of(pids);
      for (int round = 0; round < ROUNDS; round++) {
        long moment = change(client, now);
        List<Long> heard = now[0].heard;
        first.add((heard.get(0) - moment) / 1e6);
        last.add((heard.get(STREAMS - 1) - moment) / 1e6);
      }
      cpu = effort.end().cpuSeconds() * 1e6 / ROUNDS / STREAMS;
    }
    Spread firsts = Spread.of(first);
    Spread lasts = Spread.of(last);
    report.row(
        "nodes",
        nodes.size(),
        "first p50 ms",
        firsts.median(),
        "last p50 ms",
        lasts.median(),
        "last p95 ms",
        lasts.percentile(0.95),
        "last max ms",
        lasts.max(),
        "last to one node",
        one == null ? 1.0 : lasts.median() / one.median(),
        "CPU µs/notification, all nodes",
        cpu);
    report.sample(
        new JsonObject()
            .put("nodes", nodes.size())
            .put("firstMillis", new JsonArray(first))
            .put("lastMillis", new JsonArray(last)));
    return lasts;
  }

  /** Opens all streams, and waits until each is told what it will hear of. */
  private static void listen(EventClient streams, List<URI> nodes, Change[] now) {
    for (int done = 0; done < STREAMS; done += AT_ONCE) {
      List<Future<Void>> some = new ArrayList<>();
      for (int i = done; i < Math.min(STREAMS, done + AT_ONCE); i++) {
        Promise<Void> acknowledged = Promise.promise();
        some.add(acknowledged.future());
        streams
            .listen(
                nodes.get(i % nodes.size()),
                (type, data) -> {
                  if (data.contains("list_changed")) {
                    now[0].hears();
                  } else if (data.contains("acknowledged")) {
                    acknowledged.complete();
                  }
                })
            .onFailure(acknowledged::tryFail);
      }
      Future.all(some).await();
    }
  }

  /** Makes one change and waits until all have heard; the moment before. */
  private static long change(McpClient client, Change[] now) {
    Change change = new Change();
    now[0] = change;
    long moment = flip(client);
    await(change);
    return moment;
  }

  /** Changes the list at the first node; the moment before it did. */
  private static long flip(McpClient client) {
    McpReply reply = client.callModern(0, "flip", new JsonObject()).await();
    if (!reply.isResult()) {
      throw new IllegalStateException("flip: " + reply);
    }
    return Long.parseLong(
        reply.result().getJsonArray("content").getJsonObject(0).getString("text"));
  }

  private static void await(Change change) {
    try {
      change.all.future().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          change.heard.size() + " of " + STREAMS + " streams heard of a change", e);
    }
  }
}
