package io.mcpnode.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of this node that hear of changes anywhere in the cluster. */
final class Listeners {

  static final int MAX = 50_000;

  private final Set<Listener> all = ConcurrentHashMap.newKeySet();
  private final Counter refused;
  private volatile boolean leaving;

  Listeners(MeterRegistry meters) {
    refused = meters.counter("mcp.refused", "limit", "listeners");
    Gauge.builder("mcp.listeners", all, Set::size)
        .description("Streams that hear of changes")
        .strongReference(true)
        .register(meters);
  }

  /** This node takes no new ones, because it leaves. */
  boolean leaving() {
    return leaving;
  }

  /** False, and counted, at the limit. */
  boolean add(Listener listener) {
    if (all.size() >= MAX) {
      refused.increment();
      return false;
    }
    all.add(listener);
    return true;
  }

  void remove(Listener listener) {
    all.remove(listener);
  }

  void announce(StreamsProtocol.Announce change) {
    all.forEach(listener -> listener.changed(change));
  }

  void tell(String session, Buffer message) {
    all.forEach(listener -> listener.told(session, message));
  }

  /** Ends what there is when the node begins to leave, and takes new ones again if it stays. */
  void leaving(boolean leaves) {
    if (leaves == leaving) {
      return;
    }
    leaving = leaves;
    if (leaves) {
      all.removeIf(Listener::end);
    }
  }
}
