package io.mcpnode.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.AdminClient;
import io.mcpnode.process.Await;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.Spread;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** How soon the others know of the death of a node, and serve what it had, again and again. */
final class DetectionBench {

  private static final int SESSIONS = Bench.QUICK ? 12 : 60;
  private static final int REPETITIONS = Bench.QUICK ? 2 : 30;
  private static final int UNMEASURED = Bench.QUICK ? 0 : 1;
  private static final long PACE_MILLIS = 30;
  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What was measured by then is reported, however little. */
  private static final long TIME_NANOS = Duration.ofMinutes(Bench.QUICK ? 1 : 8).toNanos();

  private static final String STATUS = "`/cluster/status` of a survivor says down";
  private static final String EVENT = "`/cluster/events` of a survivor tells it";
  private static final String SESSION = "a session of the dead node is served again";
  private static final String LAST = "the last of all sessions is served again";
  private static final String BACK = "the node is back and seen by all (since its start)";

  private final ClusterProcesses cluster;
  private final McpClient client;
  private final EventClient streams;
  private final Report report;
  private final Map<String, List<Double>> millis = new LinkedHashMap<>();
  private volatile long killed;

  private DetectionBench(
      ClusterProcesses cluster, McpClient client, EventClient streams, Report report) {
    this.cluster = cluster;
    this.client = client;
    this.streams = streams;
    this.report = report;
    for (String what : List.of(STATUS, EVENT, SESSION, LAST, BACK)) {
      millis.put(what, new ArrayList<>());
    }
  }

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "detection",
            "kill -9 of each of three nodes in turn while "
                + SESSIONS
                + " sessions count through all of them, one addition every "
                + PACE_MILLIS
                + " ms each; the node is started again before the next one is killed. Milliseconds"
                + " since the kill. Served again: the first acknowledged addition that began after"
                + " the kill. The status is read every "
                + Duration.ofNanos(LOOK_NANOS).toMillis()
                + " ms.");
    try (ClusterProcesses cluster = ClusterProcesses.start(3);
        McpClient client = new McpClient(vertx, cluster.uris(), SESSIONS);
        EventClient streams = new EventClient(8)) {
      DetectionBench bench = new DetectionBench(cluster, client, streams, report);
      List<String> sessions = Servers.open(client, SESSIONS);
      try (ServedAgain load = new ServedAgain(client, sessions, PACE_MILLIS)) {
        bench.repeat(load, sessions);
      }
      bench.rows();
    }
    return report;
  }

  private void repeat(ServedAgain load, List<String> sessions) {
    long begun = System.nanoTime();
    int done = 0;
    for (int round = 0; round < REPETITIONS + UNMEASURED; round++) {
      if (System.nanoTime() - begun > TIME_NANOS) {
        break;
      }
      once(load, sessions, round % cluster.size());
      if (round < UNMEASURED) {
        millis.values().forEach(List::clear);
      } else {
        done++;
      }
    }
    report.note(
        done
            + " repetitions"
            + (UNMEASURED == 0 ? "." : ", after " + UNMEASURED + " that is not counted."));
  }

  private void once(ServedAgain load, List<String> sessions, int victim) {
    String name = cluster.name(victim);
    cluster.awaitReplicasComplete();
    load.mark();
    load.awaitAll();
    Await.until(name + " owns a session", LIMIT, () -> !ownedBy(name, sessions).isEmpty());
    Set<String> owned = ownedBy(name, sessions);
    List<Future<Double>> events = new ArrayList<>();
    List<Future<Double>> views = new ArrayList<>();
    for (int i = 0; i < cluster.size(); i++) {
      if (i != victim) {
        events.add(toldDown(i, name));
      }
    }
    load.mark();
    killed = System.nanoTime();
    cluster.node(victim).kill();
    for (int i = 0; i < cluster.size(); i++) {
      if (i != victim) {
        views.add(seenDown(i, name));
      }
    }
    Map<String, Double> served = load.awaitAll();
    JsonObject sample = new JsonObject().put("killed", name).put("owned", owned.size());
    List<Double> ofTheDead =
        owned.stream().map(served::get).collect(Collectors.toCollection(ArrayList::new));
    add(sample, STATUS, "status", views.stream().map(DetectionBench::get).toList());
    add(sample, EVENT, "event", events.stream().map(DetectionBench::get).toList());
    add(sample, SESSION, "sessions", ofTheDead);
    add(sample, LAST, "last", List.of(Spread.of(served.values()).max()));
    cluster.node(victim).kill9();
    long started = System.nanoTime();
    cluster.restart(victim);
    add(sample, BACK, "back", List.of((System.nanoTime() - started) / 1e6));
    report.sample(sample);
  }

  private void add(JsonObject sample, String what, String key, List<Double> values) {
    millis.get(what).addAll(values);
    sample.put(key, new JsonArray(values));
  }

  private Set<String> ownedBy(String name, List<String> sessions) {
    return sessions.stream()
        .filter(session -> name.equals(Servers.whoAmI(client, 0, session).getString("owner")))
        .collect(Collectors.toSet());
  }

  /** Returns when the node sends its events. */
  private Future<Double> toldDown(int node, String name) {
    FutureTask<Double> told = new FutureTask<>(() -> (System.nanoTime() - killed) / 1e6);
    streams
        .clusterEvents(
            cluster.uris().get(node),
            (type, data) -> {
              if (type.equals("node_down") && data.contains(name + " is down")) {
                told.run();
              }
            })
        .await();
    return told;
  }

  private Future<Double> seenDown(int node, String name) {
    AdminClient admin = cluster.admin(node);
    FutureTask<Double> seen =
        new FutureTask<>(
            () -> {
              while (isUp(admin, name)) {
                LockSupport.parkNanos(LOOK_NANOS);
              }
              return (System.nanoTime() - killed) / 1e6;
            });
    new Thread(seen, "status of " + cluster.name(node)).start();
    return seen;
  }

  private static boolean isUp(AdminClient admin, String name) {
    for (JsonNode node : admin.get("/cluster/status").body().path("nodes")) {
      if (node.path("node").asText().equals(name)) {
        return node.path("status").asText().equals("up");
      }
    }
    return false;
  }

  private static double get(Future<Double> future) {
    try {
      return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException problem) {
      throw new IllegalStateException("not noticed", problem);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void rows() {
    millis.forEach((what, values) -> report.spread(what, values));
  }
}
