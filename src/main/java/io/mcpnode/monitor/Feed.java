package io.mcpnode.monitor;

import io.mcpnode.monitor.ClusterMonitor.Listener;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of the cluster as this node has heard of them, and who listens. One thread. */
final class Feed {

  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
  static final int KEPT = 1_000;
  static final int MAX_LISTENERS = 100;

  private final EventRing ring;
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private final Runnable refused;

  /**
   * @param refused told of each listener that was one too many
   */
  Feed(EventRing ring, Runnable refused) {
    this.ring = ring;
    this.refused = refused;
  }

  void publish(ClusterEvent event) {
    EventRing.Numbered numbered = ring.add(event);
    for (Listener listener : List.copyOf(listeners)) {
      try {
        listener.event(numbered.id(), event);
      } catch (RuntimeException e) {
        LOG.error("A listener of events failed and is dropped", e);
        listeners.remove(listener);
      }
    }
  }

  /** See {@link ClusterMonitor#listen}. */
  void listen(@Nullable String after, int recent, Listener listener) {
    if (listeners.size() >= MAX_LISTENERS) {
      refused.run();
      throw new WireException(
          Failure.OVERLOADED, "listeners to events: " + MAX_LISTENERS + " (the limit of a node)");
    }
    List<EventRing.Numbered> first;
    if (after == null) {
      first = ring.recent(recent);
    } else {
      EventRing.Missed missed = ring.after(after);
      if (!missed.complete()) {
        listener.gap();
      }
      first = missed.events();
    }
    first.forEach(numbered -> listener.event(numbered.id(), numbered.event()));
    listeners.add(listener);
  }

  void leave(Listener listener) {
    listeners.remove(listener);
  }
}
