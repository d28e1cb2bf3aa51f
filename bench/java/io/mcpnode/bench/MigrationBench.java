package io.mcpnode.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.process.AdminClient;
import io.mcpnode.process.Await;
import io.mcpnode.process.ClusterProcesses;
import io.mcpnode.process.McpClient;
import io.mcpnode.process.McpReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a client notices of a migration, and how many a drain makes in a second. */
final class MigrationBench {

  private static final int MIGRATIONS = Bench.QUICK ? 20 : 300;
  private static final int UNMEASURED = Bench.QUICK ? 5 : 50;
  private static final int DRAINED = Bench.QUICK ? 200 : 5_000;
  private static final int[] RATES = Bench.QUICK ? new int[] {100_000} : new int[] {500, 100_000};
  private static final int OPEN_AT_ONCE = 64;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private MigrationBench() {}

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "migration",
            "Three nodes. A client adds to the counter of one session, at the three nodes in"
                + " rotation, each addition as soon as the one before is acknowledged, while the"
                + " session is moved from node to node. Of each migration the longest addition that"
                + " was under way during it counts; beside it as many of the longest of three"
                + " additions in a row while nothing moves.");
    try (ClusterProcesses cluster = ClusterProcesses.start(3);
        McpClient client = new McpClient(vertx, cluster.uris(), 8)) {
      pauses(client, cluster, report);
    }
    report.table("A drain of one of three nodes that own " + DRAINED + " sessions");
    for (int rate : RATES) {
      drain(vertx, rate, report);
    }
    return report;
  }

  /** One addition: when it was begun and acknowledged. */
  private record Addition(long begun, long done) {
    double millis() {
      return (done - begun) / 1e6;
    }
  }

  /** Adds on and on; everything happens on one event loop. */
  private static final class Adder {
    private final McpClient client;
    private final String session;
    private final Context context;
    private final List<Addition> additions = new ArrayList<>();
    private final Promise<Void> ended = Promise.promise();
    private boolean stopping;

    Adder(McpClient client, String session) {
      this.client = client;
      this.session = session;
      context = client.vertx().getOrCreateContext();
      context.runOnContext(go -> next());
    }

    private void next() {
      if (stopping) {
        ended.complete();
        return;
      }
      long begun = System.nanoTime();
      client
          .call(session, "counter", new JsonObject().put("by", 1))
          .onSuccess(reply -> context.runOnContext(go -> added(begun, reply)));
    }

    private void added(long begun, McpReply reply) {
      if (!reply.isResult()) {
        ended.fail(new IllegalStateException("a migration was noticed: " + reply));
        return;
      }
      additions.add(new Addition(begun, System.nanoTime()));
      next();
    }

    /** The additions since the last time, once the one that is under way is done. */
    List<Addition> take() {
      Promise<List<Addition>> taken = Promise.promise();
      context.runOnContext(go -> takeAfter(additions.size(), taken));
      return taken.future().await();
    }

    private void takeAfter(int before, Promise<List<Addition>> taken) {
      if (ended.future().failed()) {
        taken.fail(ended.future().cause());
      } else if (additions.size() > before) {
        taken.complete(List.copyOf(additions));
        additions.clear();
      } else {
        client.vertx().setTimer(1, timer -> takeAfter(before, taken));
      }
    }

    void stop() {
      context.runOnContext(go -> stopping = true);
      ended.future().await();
    }
  }

  private static void pauses(McpClient client, ClusterProcesses cluster, Report report) {
    String session = client.open().await().session();
    AdminClient admin = cluster.admin(0);
    Adder adder = new Adder(client, session);
    List<Double> moving = new ArrayList<>();
    List<Double> still = new ArrayList<>();
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < MIGRATIONS + UNMEASURED; i++) {
      String owner = Servers.whoAmI(client, i % cluster.size(), session).getString("owner");
      String target = cluster.name((cluster.size() + index(cluster, owner) + 1) % cluster.size());
      still.add(longest(quiet(adder), Long.MIN_VALUE, Long.MAX_VALUE));
      long begun = System.nanoTime();
      migrate(admin, session, target);
      long done = System.nanoTime();
      moving.add(longest(adder.take(), begun, done));
      took.add((done - begun) / 1e6);
    }
    adder.stop();
    add(report, "longest addition while nothing moves", still);
    add(report, "longest addition during a migration", moving);
    add(report, "`POST /cluster/sessions/{id}/migrate`, until answered", took);
  }

  /** Three additions in a row. */
  private static List<Addition> quiet(Adder adder) {
    adder.take();
    List<Addition> some = new ArrayList<>();
    while (some.size() < 3) {
      some.addAll(adder.take());
    }
    return some.subList(0, 3);
  }

  private static int index(ClusterProcesses cluster, String name) {
    for (int i = 0; i < cluster.size(); i++) {
      if (cluster.name(i).equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("node: " + name + " (expected: one of the cluster)");
  }

  private static double longest(List<Addition> additions, long from, long to) {
    return additions.stream()
        .filter(addition -> addition.done >= from && addition.begun <= to)
        .mapToDouble(Addition::millis)
        .max()
        .orElseThrow(() -> new IllegalStateException("no addition during the migration"));
  }

  private static void migrate(AdminClient admin, String session, String target) {
    AdminClient.Answer answer =
        admin.post(
            "/cluster/sessions/" + session + "/migrate",
            new JsonObject().put("target", target).encode());
    if (answer.status() != 200) {
      throw new IllegalStateException("migrate to " + target + ": " + answer);
    }
  }

  private static void add(Report report, String what, List<Double> all) {
    List<Double> measured = all.subList(UNMEASURED, all.size());
    report.spread(what, measured);
    report.sample(new JsonObject().put("what", what).put("millis", new JsonArray(measured)));
  }

  private static void drain(Vertx vertx, int rate, Report report) {
    try (ClusterProcesses cluster =
            ClusterProcesses.start(
                3, command -> command.set("cluster.migrationRate", Integer.toString(rate)));
        McpClient client = new McpClient(vertx, cluster.uris(), OPEN_AT_ONCE)) {
      List<String> sessions = open(client);
      cluster.awaitReplicasComplete();
      AdminClient admin = cluster.admin(0);
      try (ServedAgain load = new ServedAgain(client, sessions.subList(0, 20), 20)) {
        load.mark();
        load.awaitAll();
        long begun = System.nanoTime();
        progress(admin);
        Await.until("n2 is drained", LIMIT, () -> progress(admin).path("remaining").asInt() == 0);
        double seconds = (System.nanoTime() - begun) / 1e9;
        int moved = progress(admin).path("moved").asInt();
        load.mark();
        load.awaitAll();
        report.row(
            "`cluster.migrationRate`",
            rate,
            "moved",
            moved,
            "seconds",
            seconds,
            "migrations/s",
            moved / seconds);
        report.sample(
            new JsonObject().put("rate", rate).put("moved", moved).put("seconds", seconds));
      }
    }
  }

  private static List<String> open(McpClient client) {
    List<String> sessions = new ArrayList<>();
    while (sessions.size() < DRAINED) {
      List<Future<McpReply>> some = new ArrayList<>();
      for (int i = 0; i < Math.min(OPEN_AT_ONCE, DRAINED - sessions.size()); i++) {
        some.add(client.open());
      }
      Future.all(some).await();
      some.forEach(opened -> sessions.add(opened.result().session()));
    }
    return sessions;
  }

  /** Begins the drain, or tells how it goes. */
  private static JsonNode progress(AdminClient admin) {
    AdminClient.Answer answer = admin.post("/cluster/nodes/n2/drain", "{}");
    if (answer.status() != 202 && answer.status() != 200) {
      throw new IllegalStateException("drain: " + answer);
    }
    return answer.body();
  }
}
