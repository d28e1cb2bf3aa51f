package io.mcpnode.monitor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Which limits of this node were reached lately, read from the counters of what was refused. */
final class Limits {

  /** An alert about a limit ends when it was not reached for so long. */
  static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Counters that grow when a limit is reached, and what the limit is called without a tag. */
  private static final Map<String, String> COUNTERS =
      new TreeMap<>(
          Map.of(
              "mcp.refused", "",
              "mcp.wire.refused", "cluster.maxInFlightPerPeer",
              "mcp.calls.refused", "sessions.maxCallsPerNode",
              "mcp.tools.blocking.refused", "blocking tools",
              "mcp.http.connections.refused", "http.maxConnections",
              "mcp.http.bodies.refused", "memory for bodies"));

  private final MeterRegistry registry;
  private final Map<String, Double> counts = new LinkedHashMap<>();
  private final Map<String, Long> reached = new LinkedHashMap<>();

  Limits(MeterRegistry registry) {
    this.registry = registry;
    read();
  }

  /** The limits reached within the last half minute. */
  List<String> recent(long now) {
    Map<String, Double> before = new LinkedHashMap<>(counts);
    read();
    counts.forEach(
        (limit, count) -> {
          if (count > before.getOrDefault(limit, 0.0)) {
            reached.put(limit, now);
          }
        });
    reached.values().removeIf(at -> now - at > RECENT_NANOS);
    return new ArrayList<>(reached.keySet());
  }

  private void read() {
    counts.clear();
    COUNTERS.forEach(
        (name, otherwise) -> {
          for (Counter counter : registry.find(name).counters()) {
            counts.merge(limit(counter, otherwise), counter.count(), Double::sum);
          }
        });
  }

  private static String limit(Counter counter, String otherwise) {
    if (!otherwise.isEmpty()) {
      return otherwise;
    }
    List<Tag> tags = counter.getId().getTags();
    return tags.isEmpty() ? counter.getId().getName() : tags.get(0).getValue();
  }
}
