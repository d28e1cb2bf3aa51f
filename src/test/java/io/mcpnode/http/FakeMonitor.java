package io.mcpnode.http;

import io.mcpnode.membership.Health;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.Alert;
import io.mcpnode.monitor.ClusterEvent;
import io.mcpnode.monitor.ClusterMonitor;
import io.mcpnode.monitor.Replicas;
import io.mcpnode.monitor.Sample;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Knows two nodes, remembers who listens, and tells them what the test says. */
public final class FakeMonitor implements ClusterMonitor {

  public final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** Each call with its arguments. */
  public final List<String> calls = new CopyOnWriteArrayList<>();

  private volatile Thresholds thresholds = new Thresholds(3, 1000, 3);

  @Override
  public Future<NodeHealth> health(String node, boolean fresh) {
    calls.add("health " + node + " " + fresh);
    return node.equals("n1")
        ? Future.succeededFuture(n1(fresh ? 250 : 0))
        : Future.failedFuture(new WireException(Failure.NOT_FOUND, "node: \"" + node + "\""));
  }

  @Override
  public Future<Metrics> metrics() {
    NodeHealth n2 =
        new NodeHealth(
            "n2", Health.UNHEALTHY, false, "quarantined", "unreachable", 0, null, -1, 0, List.of());
    return Future.succeededFuture(
        new Metrics(
            "not reachable: n2",
            2_000,
            12,
            new Replicas(24, 23),
            List.of(n1(0), n2),
            List.of(new Alert(Alert.Type.NODE_UNHEALTHY, "n2", "n2 unreachable", 1_000))));
  }

  private static NodeHealth n1(long rttMicros) {
    return new NodeHealth(
        "n1",
        Health.DEGRADED,
        true,
        "serving",
        "",
        1,
        new Reading(
            2,
            3,
            400,
            1_000,
            4_000,
            12,
            new Replicas(24, 23),
            List.of("n3"),
            10.256,
            0.5,
            700,
            9_000),
        40,
        rttMicros,
        List.of(new Sample(1_500, Health.HEALTHY, 0, 4, 300, 900, 12, 9, 0, 8_000)));
  }

  @Override
  public Thresholds thresholds() {
    return thresholds;
  }

  @Override
  public Future<Thresholds> change(UnaryOperator<Thresholds> change) {
    try {
      thresholds = change.apply(thresholds);
      return Future.succeededFuture(thresholds);
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Subscription> listen(String after, int recent, Listener listener) {
    calls.add("listen " + after + " " + recent);
    listeners.add(listener);
    return Future.succeededFuture(() -> listeners.remove(listener));
  }

  /** Something happened, with this id. */
  public void happens(String id, String message) {
    ClusterEvent event =
        new ClusterEvent(
            0, ClusterEvent.Type.NODE_DOWN, "n1", message, new JsonObject().put("subject", "n2"));
    listeners.forEach(listener -> listener.event(id, event));
  }
}
