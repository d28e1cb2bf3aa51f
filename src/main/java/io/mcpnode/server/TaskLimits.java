package io.mcpnode.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the tasks that one node owns, and those among them of one client. Counts what is there;
 * what a node takes over from a lost one is never refused.
 */
final class TaskLimits {

  static final int MAX_PER_NODE = 10_000;
  static final int MAX_PER_CLIENT = 1_000;

  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<String, Integer> byClient = new ConcurrentHashMap<>();
  private final int maxPerNode;
  private final int maxPerClient;
  private final Counter refusedByNode;
  private final Counter refusedByClient;

  TaskLimits(int maxPerNode, int maxPerClient, MeterRegistry meters) {
    this.maxPerNode = maxPerNode;
    this.maxPerClient = maxPerClient;
    refusedByNode = meters.counter("mcp.refused", "limit", "tasks.perNode");
    refusedByClient = meters.counter("mcp.refused", "limit", "tasks.perClient");
    Gauge.builder("mcp.tasks", all, AtomicInteger::get)
        .description("Tasks that this node owns, ended ones among them")
        .strongReference(true)
        .register(meters);
  }

  /** False, and counted, at a limit; else {@link #leave} must follow. */
  boolean tryEnter(String requester) {
    if (all.get() >= maxPerNode) {
      refusedByNode.increment();
      return false;
    }
    if (!Requester.isCrowd(requester) && byClient.getOrDefault(requester, 0) >= maxPerClient) {
      refusedByClient.increment();
      return false;
    }
    enter(requester);
    return true;
  }

  /** {@link #leave} must follow. */
  void enter(String requester) {
    all.incrementAndGet();
    byClient.merge(requester, 1, Integer::sum);
  }

  void leave(String requester) {
    all.decrementAndGet();
    byClient.computeIfPresent(requester, (r, count) -> count > 1 ? count - 1 : null);
  }
}
