package io.mcpnode.monitor;

import io.mcpnode.membership.Health;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the monitor counts, and the figures of this node that have no better place. */
final class MonitorMeters {

  private static final Duration[] DELAYS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final Map<Alert.Type, Counter> alerts = new EnumMap<>(Alert.Type.class);
  private final Map<Alert.Type, AtomicInteger> active = new EnumMap<>(Alert.Type.class);
  private final Map<Health, AtomicInteger> nodes = new EnumMap<>(Health.class);
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicLong present = new AtomicLong();
  private final AtomicLong lagNanos = new AtomicLong();
  private final AtomicInteger partition = new AtomicInteger();
  private final Timer heartbeatDelay;
  private final Counter listenersRefused;

  MonitorMeters(MeterRegistry registry) {
    for (Alert.Type type : Alert.Type.values()) {
      alerts.put(
          type,
          Counter.builder("mcp.alerts")
              .description("Alerts raised")
              .tag("type", type.text())
              .register(registry));
      active.put(type, new AtomicInteger());
      Gauge.builder("mcp.alerts.active", active.get(type), AtomicInteger::get)
          .description("Alerts that hold now")
          .tag("type", type.text())
          .strongReference(true)
          .register(registry);
    }
    for (Health health : Health.values()) {
      nodes.put(health, new AtomicInteger());
      Gauge.builder("mcp.cluster.nodes", nodes.get(health), AtomicInteger::get)
          .description("Nodes as this one sees them")
          .tag("health", health.text())
          .strongReference(true)
          .register(registry);
    }
    gauge(registry, "mcp.replicas.wanted", "Copies that the records owned here shall have", wanted);
    gauge(registry, "mcp.replicas.present", "Copies of the records owned here", present);
    Gauge.builder("mcp.partition.detected", partition, AtomicInteger::get)
        .description("1 while the network seems divided")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "mcp.eventloop.lag",
            lagNanos,
            nanos -> (double) nanos.get() / TimeUnit.SECONDS.toNanos(1))
        .description("By how much the slowest event loop was late within the last heartbeat")
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry);
    heartbeatDelay =
        Timer.builder("mcp.heartbeat.delay")
            .description("By how much heartbeats were sent late")
            .serviceLevelObjectives(DELAYS)
            .register(registry);
    listenersRefused = registry.counter("mcp.refused", "limit", "event listeners");
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::get)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  void raised(Alert.Type type) {
    counter(type).increment();
  }

  private Counter counter(Alert.Type type) {
    return Objects.requireNonNull(alerts.get(type));
  }

  void active(AlertBoard board) {
    active.forEach((type, count) -> count.set(board.count(type)));
  }

  void nodes(Iterable<Health> all) {
    Map<Health, Integer> counts = new EnumMap<>(Health.class);
    all.forEach(health -> counts.merge(health, 1, Integer::sum));
    nodes.forEach((health, count) -> count.set(counts.getOrDefault(health, 0)));
  }

  void replicas(Replicas replicas) {
    wanted.set(replicas.wanted());
    present.set(replicas.present());
  }

  void heartbeat(long lagNanos, long delayNanos, boolean divided) {
    this.lagNanos.set(lagNanos);
    heartbeatDelay.record(delayNanos, TimeUnit.NANOSECONDS);
    partition.set(divided ? 1 : 0);
  }

  void listenerRefused() {
    listenersRefused.increment();
  }
}
