package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/**
 * Which side of a split goes on. Each side asks for itself, of one and the same set of voters, and
 * at most one hears yes. Pure.
 *
 * @param master the name of the node whose side goes on, for {@code CONFIGURED_MASTER}
 */
record Sides(SplitBrainStrategy strategy, String master) {

  /** The one that started first; by the name, if two did. */
  static final Comparator<NodeId> AGE =
      Comparator.comparingLong(NodeId::incarnation).thenComparing(NodeId::name);

  /**
   * @param voters all that count, reachable or not
   * @param side the nodes of the asking side; others than voters don't count
   */
  boolean goesOn(Set<NodeId> voters, Collection<NodeId> side) {
    return switch (strategy) {
      case MAJORITY -> majority(voters, side);
      case OLDEST_NODE ->
          voters.stream().min(AGE).map(oldest -> side.contains(oldest)).orElse(false);
      case CONFIGURED_MASTER ->
          voters.stream().anyMatch(id -> id.name().equals(master) && side.contains(id));
    };
  }

  /** No side of them can go on. */
  boolean lackTheMaster(Set<NodeId> voters) {
    return strategy == SplitBrainStrategy.CONFIGURED_MASTER
        && voters.stream().noneMatch(id -> id.name().equals(master));
  }

  /** More than half, or the half with the oldest. */
  private static boolean majority(Set<NodeId> voters, Collection<NodeId> side) {
    long here = voters.stream().filter(side::contains).count();
    if (here * 2 != voters.size()) {
      return here * 2 > voters.size();
    }
    return voters.stream().min(AGE).map(side::contains).orElse(false);
  }
}
