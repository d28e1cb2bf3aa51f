package io.mcpnode.bench;

import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.Spread;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls that are answered as event streams, and lists: at the owner, and through another node. */
final class StreamingBench {

  private static final int ROUNDS = Bench.QUICK ? 1 : 5;
  private static final int SECONDS = Bench.QUICK ? 1 : 4;
  private static final int CALLS = Bench.QUICK ? 8 : 64;
  private static final int EVENTS = Bench.QUICK ? 40 : 200;
  private static final int BUSY_GAP_MICROS = 500;
  private static final int EASY_GAP_MICROS = 10_000;
  private static final int QUIET_GAP_MICROS = 2_000;
  private static final int QUIET_CALLS = Bench.QUICK ? 2 : 10;
  private static final int CONNECTIONS = 32;

  private final ClusterProcesses cluster;
  private final EventClient streams;
  private final List<String> sessions;
  private final Report report;

  private StreamingBench(
      ClusterProcesses cluster, EventClient streams, List<String> sessions, Report report) {
    this.cluster = cluster;
    this.streams = streams;
    this.sessions = sessions;
    this.report = report;
  }

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "streaming",
            "Calls that report progress, in sessions owned by n1 of two nodes: sent to n1 (local)"
                + " and to n2 (hop). Both nodes share one core, and the cost is that of both"
                + " together; the client has the other core. Full: "
                + CALLS
                + " calls at once, each of which reports every "
                + BUSY_GAP_MICROS
                + " µs, or less often if the core can't; what there is no room for, the node drops."
                + " CPU time: as many calls, each of which reports every "
                + EASY_GAP_MICROS
                + " µs. Latency: from the report in the tool to its event at the client, while"
                + " one call reports every "
                + QUIET_GAP_MICROS
                + " µs.");
    Machine.onLoadCore(() -> measure(vertx, report));
    return report;
  }

  private static void measure(Vertx vertx, Report report) {
    try (ClusterProcesses cluster =
            ClusterProcesses.start(
                2,
                command ->
                    command.set("plugins.dir", Servers.plugins()).under(Machine.onServerCore()));
        McpClient client = new McpClient(vertx, cluster.uris(), 8);
        EventClient streams = new EventClient(CALLS)) {
      List<String> sessions =
          Servers.openOwnedByFirst(client, cluster.name(0), LocalBench.SESSIONS);
      StreamingBench bench = new StreamingBench(cluster, streams, sessions, report);
      bench.events();
      bench.lists();
    }
  }

  private List<Long> pids() {
    return List.of(cluster.node(0).pid(), cluster.node(1).pid());
  }

  /** What was measured of one way. */
  private static final class Way {
    final String name;
    final URI uri;
    final List<Double> perSecond = new ArrayList<>();
    final List<Double> cpuMicros = new ArrayList<>();
    final List<Double> latency = new ArrayList<>();
    final List<Double> dropped = new ArrayList<>();

    Way(String name, URI uri) {
      this.name = name;
      this.uri = uri;
    }
  }

  private void events() {
    List<Way> ways =
        List.of(new Way("local", cluster.uris().get(0)), new Way("hop", cluster.uris().get(1)));
    ways.forEach(way -> load(way, BUSY_GAP_MICROS));
    for (int round = 0; round < ROUNDS; round++) {
      for (Way way : ways) {
        Load full = load(way, BUSY_GAP_MICROS);
        way.perSecond.add(full.events / full.seconds);
        way.dropped.add(100 - 100.0 * full.events / full.reports);
        Load easy = load(way, EASY_GAP_MICROS);
        way.cpuMicros.add(easy.cpuSeconds * 1e6 / easy.events);
      }
    }
    ways.forEach(way -> quiet(way, false));
    for (int call = 0; call < QUIET_CALLS; call++) {
      ways.forEach(way -> quiet(way, true));
    }
    double local = Spread.of(ways.get(0).latency).median();
    for (Way way : ways) {
      Spread latency = Spread.of(way.latency);
      report.row(
          "sent to",
          way.name,
          "events/s",
          Spread.of(way.perSecond).median(),
          "dropped %",
          Spread.of(way.dropped).median(),
          "CPU µs/event",
          Spread.of(way.cpuMicros).median(),
          "latency p50 µs",
          latency.median(),
          "p95 µs",
          latency.percentile(0.95),
          "p99 µs",
          latency.percentile(0.99),
          "added p50 µs",
          latency.median() - local);
      report.sample(
          new JsonObject()
              .put("sentTo", way.name)
              .put("eventsPerSecond", way.perSecond)
              .put("cpuMicros", way.cpuMicros)
              .put("latencySamples", latency.count())
              .put("latencyMaxMicros", latency.max()));
    }
  }

  private record Load(long events, long reports, double seconds, double cpuSeconds) {}

  /** As many calls at once for some seconds. */
  private Load load(Way way, int gapMicros) {
    long[] received = new long[1];
    long[] calls = new long[1];
    Effort effort = Effort.of(pids());
    long begun = System.nanoTime();
    long end = begun + TimeUnit.SECONDS.toNanos(SECONDS);
    List<Future<Void>> loops = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String session = sessions.get(i % sessions.size());
      loops.add(again(way, session, gapMicros, end, received, calls));
    }
    Future.all(loops).await();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Load(received[0], calls[0] * EVENTS, seconds, effort.end().cpuSeconds());
  }

  /** The client has one event loop, so that plain counts do. */
  private Future<Void> again(
      Way way, String session, int gapMicros, long end, long[] received, long[] calls) {
    if (System.nanoTime() - end > 0) {
      return Future.succeededFuture();
    }
    calls[0]++;
    return call(way, session, gapMicros, moment -> received[0]++)
        .compose(done -> again(way, session, gapMicros, end, received, calls));
  }

  private void quiet(Way way, boolean counts) {
    List<Double> micros = new ArrayList<>();
    call(
            way,
            sessions.get(0),
            QUIET_GAP_MICROS,
            moment -> micros.add((System.nanoTime() - moment) / 1e3))
        .await();
    if (counts) {
      way.latency.addAll(micros);
    }
  }

  /** Told of one event. */
  private interface Tick {
    /**
     * @param moment when the tool reported
     */
    void at(long moment);
  }

  private Future<Void> call(Way way, String session, int gapMicros, Tick tick) {
    JsonObject arguments = new JsonObject().put("events", EVENTS).put("gapMicros", gapMicros);
    return streams
        .call(way.uri, session, "ticks", arguments, (type, data) -> event(data, tick))
        .compose(EventClient.Stream::end);
  }

  private static void event(String data, Tick tick) {
    JsonObject message = new JsonObject(data);
    JsonObject params = message.getJsonObject("params");
    if (params != null) {
      tick.at(Long.parseLong(params.getString("message")));
    } else if (message.getJsonObject("result") == null) {
      throw new IllegalStateException("a call failed: " + data);
    }
  }

  private void lists() {
    report.table("Lists: wrk at " + CONNECTIONS + " connections");
    String file = Servers.file(sessions);
    URI local = cluster.uris().get(0);
    URI hop = cluster.uris().get(1);
    Subject echo = new Subject("echo, local", "legacy", local, pids(), file);
    List<Subject> subjects =
        List.of(
            echo,
            new Subject("tools/list, local", "legacy", local, pids(), file).asking("tools/list"),
            new Subject("echo, hop", "legacy", hop, pids(), file),
            new Subject("tools/list, hop", "legacy", hop, pids(), file).asking("tools/list"));
    subjects.forEach(subject -> subject.warmUp(LocalBench.WARM_UP_SECONDS));
    LocalBench.alternate(subjects, CONNECTIONS, echo, report);
  }
}
