package io.mcpnode.monitor;

import io.mcpnode.affinity.Moves;
import io.mcpnode.wire.NodeId;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Moves of records, collected until the next heartbeat: a drain moves thousands, and its readers
 * want a line, not thousands. Any thread.
 */
final class Tally implements Moves {

  private record Way(ClusterEvent.Type type, String from, String to) {}

  private static final class Count {
    final String first;
    int records = 1;

    Count(String first) {
      this.first = first;
    }
  }

  private final String self;
  private final ReentrantLock lock = new ReentrantLock();
  private Map<Way, Count> counts = new LinkedHashMap<>();

  Tally(String self) {
    this.self = self;
  }

  @Override
  public void migrated(String key, NodeId from, NodeId to) {
    count(new Way(ClusterEvent.Type.MIGRATION, from.name(), to.name()), key);
  }

  @Override
  public void failedOver(String key, NodeId from, NodeId to) {
    count(new Way(ClusterEvent.Type.FAILOVER, from.name(), to.name()), key);
  }

  private void count(Way way, String key) {
    lock.lock();
    try {
      Count known = counts.get(way);
      if (known == null) {
        counts.put(way, new Count(key));
      } else {
        known.records++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** What has moved since the last call, one event for each way from node to node. */
  List<ClusterEvent> take(long now) {
    Map<Way, Count> taken;
    lock.lock();
    try {
      if (counts.isEmpty()) {
        return List.of();
      }
      taken = counts;
      counts = new LinkedHashMap<>();
    } finally {
      lock.unlock();
    }
    List<ClusterEvent> events = new ArrayList<>();
    taken.forEach((way, count) -> events.add(event(way, count, now)));
    return events;
  }

  private ClusterEvent event(Way way, Count count, long now) {
    JsonObject details =
        new JsonObject().put("from", way.from).put("to", way.to).put("count", count.records);
    if (count.records == 1) {
      details.put("session", count.first);
    }
    String what = count.records == 1 ? "1 record" : count.records + " records";
    return new ClusterEvent(
        now,
        way.type,
        self,
        what
            + (way.type == ClusterEvent.Type.MIGRATION ? " moved" : " taken over")
            + " from "
            + way.from
            + " to "
            + way.to,
        details);
  }
}
