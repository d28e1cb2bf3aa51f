package io.mcpnode.http;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.affinity.SessionAdmin;
import io.mcpnode.call.ClusterCalls;
import io.mcpnode.call.Invocation;
import io.mcpnode.http.admin.Operations;
import io.mcpnode.http.admin.Readiness;
import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.partition.Partitions;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A cluster of two nodes with one session, {@code s1}, that remembers what it was asked. */
public final class FakeOperations implements SessionAdmin, ClusterStatus, Partitions, ClusterCalls {

  private static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

  public final FakeMonitor monitor = new FakeMonitor();

  /** Each call with its arguments. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  public final FakeTraces traces = new FakeTraces();

  /** Addresses that the cluster connects to, or tried to. */
  public final List<NodeStatus> attempts = new CopyOnWriteArrayList<>();

  public volatile Readiness readiness = Readiness.READY;

  /** What every call fails with; null: they succeed. */
  public volatile Supplier<? extends RuntimeException> failure = () -> null;

  public final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public Operations withToken(String token) {
    return new Operations(this, this, this, this, traces, monitor, () -> readiness, meters, token);
  }

  @Override
  public Status status() {
    List<NodeStatus> nodes = new ArrayList<>();
    nodes.add(new NodeStatus("n1", "up", "healthy", "serving", 3, 0, "", 12, 0, "0.1.0"));
    nodes.add(
        new NodeStatus(
            "n2", "down", "unhealthy", "serving", 2, 1000, "port refuses", 0, 0, "0.1.0"));
    nodes.addAll(attempts);
    return new Status(7, nodes);
  }

  @Override
  public Future<List<Connection>> connect(List<String> nodes) {
    return answer(
        "connect " + nodes,
        nodes.stream().map(node -> new Connection(node, "connecting", "")).toList());
  }

  @Override
  public Future<Report> report() {
    return Future.succeededFuture(lastReport());
  }

  @Override
  public Report lastReport() {
    return new Report(
        true,
        "clean",
        List.of(List.of("n1", "n2"), List.of("n3")),
        List.of("n1", "n2"),
        List.of("n1", "n2"),
        SplitBrainStrategy.MAJORITY,
        "goes_on",
        "[n1, n2] goes on",
        Map.of("n1", List.of("n2")),
        List.of(new Pair("n1", "n3")),
        List.of(new Pair("n2", "n3")),
        List.of(new Gone("n3", "unreachable", 1000)),
        1000,
        3,
        Map.of("request", 7L),
        List.of(new Decision(2000, "n3 is gone")),
        new Merged(1, 2, 3, List.of("s1")));
  }

  @Override
  public Future<Resolution> resolve(SplitBrainStrategy strategy, boolean dryRun) {
    return answer(
        "resolve " + strategy + " " + dryRun,
        new Resolution(
            strategy,
            List.of("n1", "n2"),
            List.of("n1", "n2"),
            "goes_on",
            dryRun,
            !dryRun,
            "[n1, n2] goes on"));
  }

  @Override
  public Future<Page> list(String node, String cursor, int limit) {
    return answer(
        "list " + node + " " + cursor + " " + limit,
        node == null || node.equals("n1")
            ? new Page(List.of(placed("n1")), "next")
            : new Page(List.of(), null));
  }

  @Override
  public Future<Placed> one(String id) {
    return id.equals("s1")
        ? answer("one " + id, placed("n1"))
        : Future.failedFuture(new WireException(Failure.NOT_FOUND, id + ": no such session"));
  }

  @Override
  public Future<Placed> migrate(String id, String target, List<String> backups) {
    return answer("migrate " + id + " " + target + " " + backups, placed(target));
  }

  @Override
  public Future<Placed> backup(String id) {
    return answer("backup " + id, placed("n1"));
  }

  @Override
  public Future<Placed> failover(String id, String failedNode) {
    return failedNode.equals("n1")
        ? answer("failover " + id + " " + failedNode, placed("n2"))
        : Future.failedFuture(
            new WireException(Failure.INVALID, failedNode + " (expected: the owner, n1)"));
  }

  @Override
  public Future<Drain> drain(String node) {
    return answer("drain " + node, new Drain(node, "draining", 0, 12));
  }

  @Override
  public Future<Drain> undrain(String node) {
    return answer("undrain " + node, new Drain(node, "serving", 3, 9));
  }

  @Override
  public Future<Rebalance> rebalance() {
    return answer(
        "rebalance", new Rebalance("moving", List.of(new Share("n1", "moving", 12, 0, 6))));
  }

  @Override
  public Future<Rebalance> rebalancing() {
    return answer(
        "rebalancing", new Rebalance("still", List.of(new Share("n1", "still", 6, 6, 0))));
  }

  /** What calls end with. */
  public volatile Supplier<Future<Object>> called = () -> Future.succeededFuture("pong");

  @Override
  public Pending call(String node, Invocation it) {
    calls.add(
        "call "
            + node
            + " "
            + it.service()
            + " "
            + it.function()
            + " "
            + it.args()
            + " "
            + it.timeout()
            + " "
            + it.traceparent());
    Future<Object> result = called.get();
    return new Pending() {
      @Override
      public Future<Object> result() {
        return result;
      }

      @Override
      public void cancel() {
        calls.add("cancel " + node);
      }
    };
  }

  @Override
  public PendingEach callEach(Collection<String> nodes, Invocation invocation) {
    List<Pending> pending = nodes.stream().map(node -> call(node, invocation)).toList();
    return new PendingEach() {
      @Override
      public Future<List<Outcome>> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        Iterator<String> names = nodes.iterator();
        for (Pending each : pending) {
          outcomes.add(new Outcome(names.next(), each.result().result(), each.result().cause()));
        }
        return Future.succeededFuture(outcomes);
      }

      @Override
      public void cancel() {
        pending.forEach(Pending::cancel);
      }
    };
  }

  @Override
  public PendingEach callAll(Invocation invocation) {
    return callEach(List.of("n1", "n2"), invocation);
  }

  /** Completes on a thread of its own, as the real cluster does. */
  private <T> Future<T> answer(String call, T value) {
    calls.add(call);
    RuntimeException wanted = failure.get();
    Promise<T> answer = Promise.promise();
    LATER.execute(
        () -> {
          if (wanted == null) {
            answer.complete(value);
          } else {
            answer.fail(wanted);
          }
        });
    return answer.future();
  }

  private static Placed placed(String owner) {
    return new Placed(
        "s1", "session", owner, List.of("n2"), 4, 9, 512, 2, List.of("n1", "n2"), 0, 1_500);
  }
}
