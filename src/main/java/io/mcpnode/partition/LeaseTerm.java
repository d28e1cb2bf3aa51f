package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Until when a node may go on, from what it heard and when. Pure; times are nanoseconds of one
 * monotonic clock.
 *
 * @param kind whether {@code until} matters
 */
record LeaseTerm(Kind kind, long until) {

  enum Kind {
    /** The node is a quorum by itself. */
    FOREVER,
    UNTIL,
    /** Not even all that were ever heard are a quorum. */
    NEVER
  }

  static final LeaseTerm NONE = new LeaseTerm(Kind.NEVER, 0);

  /**
   * The lease ends when so few have been heard in the last {@code length} that they are no quorum.
   *
   * @param heard when each other node was last known to hear this one and be of its view
   */
  static LeaseTerm of(
      Electorate electorate, Sides sides, NodeId self, Map<NodeId, Long> heard, long length) {
    Set<NodeId> side = new TreeSet<>(Set.of(self));
    if (electorate.goesOn(side, sides)) {
      return new LeaseTerm(Kind.FOREVER, 0);
    }
    List<Map.Entry<NodeId, Long>> latestFirst =
        heard.entrySet().stream()
            .sorted(Comparator.comparing((Map.Entry<NodeId, Long> it) -> -it.getValue()))
            .toList();
    for (Map.Entry<NodeId, Long> next : latestFirst) {
      side.add(next.getKey());
      if (electorate.goesOn(side, sides)) {
        return new LeaseTerm(Kind.UNTIL, next.getValue() + length);
      }
    }
    return NONE;
  }

  boolean isOpen(long now) {
    return switch (kind) {
      case FOREVER -> true;
      case UNTIL -> now - until < 0;
      case NEVER -> false;
    };
  }
}
