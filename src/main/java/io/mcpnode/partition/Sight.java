package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be hidden from this node, since nodes that may have it are out of reach. Records have
 * copies on a known number of nodes, so as long as fewer are hidden, one is here.
 *
 * <p>A node that is back has brought what it was the first to have in the cluster that it was in;
 * the rest comes with the others of that cluster. So it is taken for hidden until they have brought
 * theirs, too, or have not come back for some seconds. Time is a parameter, nanoseconds; the looks
 * are one thread's, the rest is for any.
 */
final class Sight {

  private static final long PATIENCE = Duration.ofSeconds(8).toNanos();

  private final int copies;
  private volatile Set<NodeId> missed = Set.of();
  private volatile Set<NodeId> unsure = Set.of();
  private boolean waiting;
  private long until;

  /**
   * @param copies of every record, on as many nodes
   */
  Sight(int copies) {
    this.copies = copies;
  }

  /** That node went, and copies were being moved when it was last heard. */
  void unsure(NodeId node) {
    unsure = plus(unsure, Set.of(node));
    missed = plus(missed, Set.of(node));
  }

  /** It is no more, and what it had is lost or here. */
  void ended(NodeId node) {
    missed = minus(missed, node);
    unsure = minus(unsure, node);
  }

  /**
   * @param hidden those that count and are out of reach, or have not brought their records yet
   * @param inView the members
   */
  void look(Set<NodeId> hidden, Predicate<NodeId> inView, long now) {
    Set<NodeId> all = plus(missed, hidden);
    boolean isBack = all.size() > hidden.size();
    if (isBack && !waiting) {
      until = now + PATIENCE;
    }
    waiting = isBack;
    boolean ended = hidden.isEmpty() || now - until > 0;
    if (isBack && ended && hidden.stream().noneMatch(inView)) {
      waiting = false;
      all = Set.copyOf(hidden);
    }
    missed = all;
    Set<NodeId> still = new HashSet<>(unsure);
    still.retainAll(all);
    unsure = Set.copyOf(still);
  }

  /**
   * Every record has a copy within reach.
   *
   * @param hidden as of now
   */
  boolean isWhole(Set<NodeId> hidden) {
    return plus(missed, hidden).size() < copies;
  }

  /**
   * What is not found does not exist: nor were copies on their way when somebody went, for the last
   * one of a record may have been on its way to here.
   */
  boolean isComplete(Set<NodeId> hidden) {
    return unsure.isEmpty() && isWhole(hidden);
  }

  /** Of every record that is found, the last copy is. */
  boolean isCurrent(Set<NodeId> hidden) {
    return unsure.isEmpty() || isWhole(hidden);
  }

  private static Set<NodeId> plus(Set<NodeId> some, Set<NodeId> others) {
    if (some.containsAll(others)) {
      return some;
    }
    Set<NodeId> all = new HashSet<>(some);
    all.addAll(others);
    return Set.copyOf(all);
  }

  private static Set<NodeId> minus(Set<NodeId> some, NodeId node) {
    Set<NodeId> rest = new HashSet<>(some);
    rest.remove(node);
    return Set.copyOf(rest);
  }
}
