package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one node makes of who reaches whom. Pure.
 *
 * @param groups that do not reach each other, the one with the oldest node first
 * @param indirect pairs that reach each other through others only
 * @param oneWay links that are known to work in one direction
 * @param survivors who goes on; empty: nobody
 * @param aside nodes of this one's group that do not go on with the survivors of the group
 */
record Finding(
    Kind kind,
    List<Set<NodeId>> groups,
    List<Reachability.Link> indirect,
    List<Reachability.Link> oneWay,
    Set<NodeId> survivors,
    Set<NodeId> aside) {

  enum Kind {
    /** Everybody reaches everybody. */
    NONE,
    /** Groups that do not reach each other at all. */
    CLEAN,
    /** Some link works in one direction only. */
    ONE_WAY,
    /** Some nodes reach each other through others only. */
    INDIRECT;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param told the nodes that were heard lately, this one included
   */
  static Finding of(
      NodeId self,
      Reachability reachability,
      Set<NodeId> told,
      Electorate electorate,
      Sides sides) {
    List<Set<NodeId>> groups = reachability.groups();
    List<Reachability.Link> indirect = reachability.indirect();
    Set<NodeId> known = new TreeSet<>(told);
    known.retainAll(reachability.nodes());
    List<Reachability.Link> oneWay = reachability.oneWay(known);
    Set<NodeId> survivors = Survivors.of(reachability, electorate, sides);
    Set<NodeId> aside = new TreeSet<>();
    for (Set<NodeId> group : groups) {
      if (group.contains(self) && group.containsAll(survivors) && !survivors.isEmpty()) {
        aside.addAll(group);
        aside.removeAll(survivors);
      }
    }
    return new Finding(kind(groups, indirect, oneWay), groups, indirect, oneWay, survivors, aside);
  }

  private static Kind kind(
      List<Set<NodeId>> groups, List<Reachability.Link> indirect, List<Reachability.Link> oneWay) {
    if (!oneWay.isEmpty()) {
      return Kind.ONE_WAY;
    }
    if (!indirect.isEmpty()) {
      return Kind.INDIRECT;
    }
    return groups.size() > 1 ? Kind.CLEAN : Kind.NONE;
  }

  boolean isPartition() {
    return kind != Kind.NONE;
  }

  /** The group of that node; empty if it does not count. */
  Set<NodeId> groupOf(NodeId node) {
    return groups.stream().filter(group -> group.contains(node)).findFirst().orElse(Set.of());
  }
}
