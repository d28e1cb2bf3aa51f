package io.mcpnode.bench;

import com.hazelcast.config.Config;
import com.sun.management.OperatingSystemMXBean;
import io.mcpnode.membership.ClusterNode;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.partition.QuorumLease;
import io.mcpnode.process.Await;
import io.mcpnode.process.Spread;
import io.mcpnode.replication.HazelcastStore;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Many members in one JVM: how a large cluster forms, what it costs to be one, and to look up. */
final class MembersBench {

  private static final int MEMBERS =
      Integer.parseInt(System.getenv().getOrDefault("BENCH_MEMBERS", Bench.QUICK ? "5" : "50"));
  private static final int RECORDS = Bench.QUICK ? 100 : 2_000;
  private static final int AT_ONCE = 64;
  private static final int SINGLE_LOOK_UPS = Bench.QUICK ? 500 : 5_000;
  private static final int SECONDS = Bench.QUICK ? 3 : 20;

  /** Members that have joined by then are measured, however few. */
  private static final long FORMING_NANOS = Duration.ofMinutes(Bench.QUICK ? 1 : 5).toNanos();

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String COOKIE = "bench";

  private record Member(ClusterNode node, QuorumLease lease, StateStore store) {}

  private final List<Member> members = new ArrayList<>();
  private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
  private final Report report;

  private MembersBench(Report report) {
    this.report = report;
  }

  static Report run(Vertx vertx) {
    Report report =
        new Report(
            "members",
            "Members in one JVM, each with its own Hazelcast, event bus, heartbeats and quorum"
                + " votes as in a node, without HTTP; one joins after the other. Of the time that a"
                + " member takes to join, 1 s is a pause of Hazelcast's. Standing by: nothing is"
                + " asked of any member. Look-up: a record is read by its key at each member in"
                + " turn.");
    MembersBench bench = new MembersBench(report);
    try {
      bench.form();
      bench.standBy(vertx);
      bench.lookUp(vertx);
    } finally {
      bench.stop();
    }
    return report;
  }

  private void form() {
    int seed = TestNodes.freePort();
    long begun = System.nanoTime();
    double processor = processorMillis();
    List<Double> joins = new ArrayList<>();
    String why = "";
    while (members.size() < MEMBERS && why.isEmpty()) {
      long before = System.nanoTime();
      try {
        members.add(
            join(members.size() + 1, members.isEmpty() ? seed : TestNodes.freePort(), seed));
        joins.add((System.nanoTime() - before) / 1e6);
      } catch (RuntimeException | AssertionError problem) {
        why = "the next one did not join: " + problem;
      }
      if (System.nanoTime() - begun > FORMING_NANOS) {
        why = "time was up";
      }
    }
    int size = members.size();
    Await.until("every member sees all others", LIMIT, () -> members.stream().allMatch(this::sees));
    double seen = (System.nanoTime() - begun) / 1e9;
    Await.until("every member may serve", LIMIT, () -> open() == size);
    double open = (System.nanoTime() - begun) / 1e9;
    report.note(
        size == MEMBERS
            ? "All " + MEMBERS + " members joined."
            : "Of " + MEMBERS + " members " + size + " joined: " + why + ".");
    row("members", "", size);
    row("each sees all others", "s since the first start", seen);
    row("each may serve", "s since the first start", open);
    row("processor time until then", "s", (processorMillis() - processor) / 1e3);
    Spread spread = Spread.of(joins);
    row("one more member, median", "ms", spread.median());
    row("one more member, slowest", "ms", spread.max());
    row("threads", "", ManagementFactory.getThreadMXBean().getThreadCount());
    report.sample(new JsonObject().put("what", "joins").put("millis", new JsonArray(joins)));
  }

  private Member join(int number, int port, int seed) {
    ClusterNode node =
        TestNodes.await(TestNodes.start("n" + number, port, COOKIE, MembersBench::configure, seed));
    node.vertx()
        .eventBus()
        .addOutboundInterceptor(
            delivery -> {
              sent.computeIfAbsent(kind(delivery.message().address()), it -> new LongAdder())
                  .increment();
              delivery.next();
            });
    QuorumLease lease =
        TestNodes.await(
            QuorumLease.start(
                node.vertx(),
                node.rpc(),
                node.membership(),
                TestNodes.config(0, COOKIE).cluster(),
                Clock.SYSTEM,
                new SimpleMeterRegistry()));
    StateStore store =
        new HazelcastStore(
            node.vertx(), node.hazelcast(), ClusterNode::nameOf, lease, Clock.SYSTEM, 2);
    return new Member(node, lease, store);
  }

  /** It warns of each member that the end of the benchmark takes away. */
  private static void configure(Config config) {
    HazelcastStore.configure(config, 2);
    config.setProperty("hazelcast.logging.type", "none");
  }

  /** An address without the node, such as {@code mcp.membership.v1}. */
  static String kind(String address) {
    String[] parts = address.split("\\.");
    return parts.length < 3 ? address : String.join(".", parts[0], parts[1], parts[2]);
  }

  private boolean sees(Member member) {
    return member.node.membership().view().members().size() == members.size();
  }

  private long open() {
    return members.stream().filter(member -> member.lease.isOpen()).count();
  }

  private void row(String what, String unit, Object value) {
    report.row("what", what, "unit", unit, "value", value);
  }

  private void standBy(Vertx vertx) {
    sent.clear();
    double before = processorMillis();
    long begun = System.nanoTime();
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger suspicions = new AtomicInteger();
    AtomicInteger shut = new AtomicInteger();
    long timer =
        vertx.setPeriodic(
            100,
            id -> {
              looks.incrementAndGet();
              suspicions.addAndGet(suspicions());
              shut.addAndGet((int) (members.size() - open()));
            });
    vertx.timer(SECONDS, TimeUnit.SECONDS).await();
    vertx.cancelTimer(timer);
    double seconds = (System.nanoTime() - begun) / 1e9;
    double processor = (processorMillis() - before) / seconds;
    row("standing by, all", "processor ms/s", processor);
    row("standing by, of each", "processor ms/s", processor / members.size());
    Map<String, Double> rates = new TreeMap<>();
    sent.forEach((kind, count) -> rates.put(kind, count.sum() / seconds));
    rates.forEach((kind, rate) -> row("`" + kind + "` sent by all", "messages/s", rate));
    double all = rates.values().stream().mapToDouble(Double::doubleValue).sum();
    row("sent by each", "messages/s", all / members.size());
    row("false suspicions, of " + looks + " looks at each pair", "", suspicions.get());
    row("gates found shut, of " + looks + " looks at each", "", shut.get());
    report.sample(
        new JsonObject()
            .put("what", "standing by")
            .put("seconds", seconds)
            .put("processorMillisPerSecond", processor)
            .put("messagesPerSecond", new JsonObject(new TreeMap<>(rates))));
  }

  private int suspicions() {
    int found = 0;
    for (Member member : members) {
      for (Member other : members) {
        found += member.node.membership().isSuspect(other.node.membership().self()) ? 1 : 0;
      }
    }
    return found;
  }

  private static double processorMillis() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e6;
  }

  private void lookUp(Vertx vertx) {
    for (int i = 0; i < RECORDS; i++) {
      Member owner = members.get(i % members.size());
      Stored stored =
          Stored.created(
              Kind.SESSION,
              owner.node.membership().self(),
              i,
              "bench",
              0,
              List.of(),
              Contents.ofHandle());
      TestNodes.await(owner.store.apply("key-" + i, new Mutation.Create(stored)));
    }
    rate(vertx, 1);
    row("look-ups, " + AT_ONCE + " at once", "look-ups/s", rate(vertx, SECONDS));
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < SINGLE_LOOK_UPS; i++) {
      long begun = System.nanoTime();
      TestNodes.await(look(i));
      micros.add((System.nanoTime() - begun) / 1e3);
    }
    Spread spread = Spread.of(micros);
    row("look-up, one at a time, median", "µs", spread.median());
    row("look-up, one at a time, 99 in 100 under", "µs", spread.percentile(0.99));
  }

  private Future<Stored> look(int number) {
    String key = "key-" + Math.floorMod(number * 31L, RECORDS);
    return members
        .get(Math.floorMod(number, members.size()))
        .store
        .get(key)
        .map(
            stored -> {
              if (stored == null) {
                throw new IllegalStateException(key + " is not found");
              }
              return stored;
            });
  }

  /** Look-ups a second while a number of them is always under way. */
  private double rate(Vertx vertx, int seconds) {
    AtomicInteger next = new AtomicInteger();
    LongAdder done = new LongAdder();
    long begun = System.nanoTime();
    long end = begun + TimeUnit.SECONDS.toNanos(seconds);
    List<Future<?>> loops = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      Promise<Void> loop = Promise.promise();
      loops.add(loop.future());
      vertx.runOnContext(go -> lookAgain(vertx.getOrCreateContext(), end, next, done, loop));
    }
    Future.all(loops).await();
    return done.sum() / ((System.nanoTime() - begun) / 1e9);
  }

  /**
   * Each begins on the loop, so that the stack does not grow with answers that are there at once.
   */
  private void lookAgain(
      Context context, long end, AtomicInteger next, LongAdder done, Promise<Void> loop) {
    if (System.nanoTime() - end > 0) {
      loop.complete();
      return;
    }
    look(next.getAndIncrement())
        .onComplete(
            found -> {
              done.increment();
              context.runOnContext(go -> lookAgain(context, end, next, done, loop));
            },
            loop::tryFail);
  }

  /** The buses first, since they want to leave a cluster that is still there. */
  private void stop() {
    forEach(member -> member.lease.close());
    forEach(member -> member.node.rpc().close());
    forEach(member -> member.node.vertx().close());
    members.forEach(member -> member.node.hazelcast().getLifecycleService().terminate());
  }

  /** At all members at once; an end that fails matters to nobody any more. */
  private void forEach(Function<Member, Future<Void>> step) {
    Future.join(members.stream().map(step).toList()).otherwiseEmpty().await();
  }
}
