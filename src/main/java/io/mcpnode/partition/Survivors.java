package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who goes on in a partition: nodes that all reach each other directly, and that are a side which
 * goes on. Where nodes of one side reach each other through others only, those with the most broken
 * links stand aside, the youngest of equals first, since whatever needs both ends of a broken link
 * would hang. Pure: nodes that know the same answer the same.
 */
final class Survivors {

  private Survivors() {}

  /** Empty if no side goes on. */
  static Set<NodeId> of(Reachability reachability, Electorate electorate, Sides sides) {
    for (Set<NodeId> group : reachability.groups()) {
      Set<NodeId> core = core(group, reachability, electorate, sides);
      if (electorate.goesOn(core, sides)) {
        return core;
      }
    }
    return Set.of();
  }

  /** What remains of a group when nobody in it is reached through others only. */
  static Set<NodeId> core(
      Set<NodeId> group, Reachability reachability, Electorate electorate, Sides sides) {
    Set<NodeId> kept = protectedBy(sides, electorate);
    Set<NodeId> core = new TreeSet<>(group);
    while (true) {
      List<NodeId> broken =
          core.stream()
              .filter(node -> missing(node, core, reachability) > 0)
              .filter(node -> !kept.contains(node))
              .toList();
      if (broken.isEmpty()) {
        return core;
      }
      core.remove(
          broken.stream()
              .max(
                  Comparator.<NodeId>comparingLong(node -> missing(node, core, reachability))
                      .thenComparing(Sides.AGE))
              .orElseThrow());
    }
  }

  private static long missing(NodeId node, Set<NodeId> core, Reachability reachability) {
    return core.stream().filter(other -> !reachability.isLinked(node, other)).count();
  }

  /** The one without whom no side goes on, if there is one; never two. */
  private static Set<NodeId> protectedBy(Sides sides, Electorate electorate) {
    Set<NodeId> kept = new HashSet<>();
    if (sides.strategy() == SplitBrainStrategy.OLDEST_NODE) {
      electorate.all().stream().min(Sides.AGE).ifPresent(kept::add);
    } else if (sides.strategy() == SplitBrainStrategy.CONFIGURED_MASTER) {
      electorate.all().stream()
          .filter(node -> node.name().equals(sides.master()))
          .min(Sides.AGE)
          .ifPresent(kept::add);
    }
    return kept;
  }
}
