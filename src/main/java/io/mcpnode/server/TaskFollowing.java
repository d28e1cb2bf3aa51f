package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The tasks of which clients at this node hear. Bounded: each is a request open at its owner. */
final class TaskFollowing {

  static final int MAX = 5_000;

  private final TaskDoor door;
  private final AtomicInteger followed = new AtomicInteger();
  private final int max;
  private final Counter refused;

  TaskFollowing(TaskDoor door, int max, MeterRegistry meters) {
    this.door = door;
    this.max = max;
    refused = meters.counter("mcp.refused", "limit", "tasks.followed");
    Gauge.builder("mcp.tasks.followed", followed, AtomicInteger::get)
        .description("Tasks of which clients at this node hear")
        .strongReference(true)
        .register(meters);
  }

  /** False, and counted, at the limit; else {@link #leave} must follow. */
  boolean tryEnter(int count) {
    if (followed.addAndGet(count) > max) {
      followed.addAndGet(-count);
      refused.increment();
      return false;
    }
    return true;
  }

  void leave(int count) {
    followed.addAndGet(-count);
  }

  List<FollowedTask> follow(
      Collection<String> keys, String requester, RequestId subscription, Notices notices) {
    return keys.stream()
        .map(key -> new FollowedTask(door, key, requester, subscription, notices))
        .toList();
  }
}
