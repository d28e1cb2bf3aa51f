package io.mcpnode.server;

import io.mcpnode.wire.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The streams of this node that hear of changes anywhere in the cluster. */
final class Listeners {

  static final int MAX = 50_000;

  /**
   * A node that leaves ends no stream before that: balancers send it new ones until they notice,
   * and a stream that ends as soon as it has begun tells its client nothing.
   */
  static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Clock clock;
  private final Map<Listener, Long> all = new ConcurrentHashMap<>();
  private final Counter refused;
  private volatile boolean leaving;

  Listeners(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    refused = meters.counter("mcp.refused", "limit", "listeners");
    Gauge.builder("mcp.listeners", all, Map::size)
        .description("Streams that hear of changes")
        .strongReference(true)
        .register(meters);
  }

  /** This node leaves: whoever can hear of changes elsewhere better does so. */
  boolean leaving() {
    return leaving;
  }

  /** False, and counted, at the limit. */
  boolean add(Listener listener) {
    if (all.size() >= MAX) {
      refused.increment();
      return false;
    }
    all.put(listener, clock.nanos());
    return true;
  }

  void remove(Listener listener) {
    all.remove(listener);
  }

  void announce(StreamsProtocol.Announce change) {
    all.keySet().forEach(listener -> listener.changed(change));
  }

  void tell(String session, Buffer message) {
    all.keySet().forEach(listener -> listener.told(session, message));
  }

  /** Said again and again: while the node leaves, streams end as they get old enough. */
  void leaving(boolean leaves) {
    boolean begins = leaves && !leaving;
    leaving = leaves;
    if (begins) {
      all.keySet().forEach(Listener::nodeLeaves);
    }
    if (leaves) {
      long now = clock.nanos();
      all.entrySet()
          .removeIf(open -> now - open.getValue() >= SHORTEST_NANOS && open.getKey().end());
    }
  }
}
