package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Those that were out of reach and have not said since that their records are here again; and
 * whether this node has to wait for that. A side that did not go on may find that the others did:
 * what they have is newer than what is here, so it waits until all that come back have brought it.
 * One that does not come back with the others is waited for some seconds only. Time is a parameter;
 * the decisions are made by one thread, the rest is for any.
 */
final class Away {

  private static final long PATIENCE = Duration.ofSeconds(8).toNanos();

  private final Set<NodeId> nodes = ConcurrentHashMap.newKeySet();
  private int before;
  private boolean some;
  private boolean waiting;
  private long until;

  void add(NodeId node) {
    nodes.add(node);
  }

  void addAll(Collection<NodeId> all) {
    nodes.addAll(all);
  }

  void remove(NodeId node) {
    nodes.remove(node);
  }

  boolean contains(NodeId node) {
    return nodes.contains(node);
  }

  /**
   * To be followed by {@link #endsWaiting}.
   *
   * @param inView the members
   * @param settled those of which all records are here
   * @param open whether this node serves: then it has what is newest
   * @return whether the waiting begins
   */
  boolean beginsWaiting(
      Predicate<NodeId> inView, Predicate<NodeId> settled, boolean open, long now) {
    nodes.removeIf(inView.and(settled));
    some = nodes.stream().anyMatch(inView);
    boolean isBack = some || nodes.size() < before;
    before = nodes.size();
    if (!isBack || open || waiting) {
      return false;
    }
    waiting = true;
    until = now + PATIENCE;
    return true;
  }

  /** Whether the waiting, if there was one, is over now. */
  boolean endsWaiting(long now) {
    if (!waiting || some || (!nodes.isEmpty() && now - until <= 0)) {
      return false;
    }
    waiting = false;
    return true;
  }

  @Override
  public String toString() {
    return nodes.toString();
  }
}
