package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.Set;

/**
 * What to do about nodes that reach some of the others only through the rest: after two looks in a
 * row they stand aside, after three the rest has them removed, since writes that need both ends of
 * the broken link would hang. One thread.
 */
final class Bystanders {

  private static final int ASIDE_AFTER = 2;
  private static final int EXPEL_AFTER = 3;

  enum Step {
    NONE,
    /** This node stops serving. */
    STAND_ASIDE,
    /** This node leaves rather than wait to be removed: it knows then not to look for them. */
    LEAVE,
    /** The others are to be removed. */
    EXPEL
  }

  private Set<NodeId> before = Set.of();
  private int looks;

  /**
   * At every look.
   *
   * @param aside who does not go on with the survivors of this node's group
   */
  Step look(NodeId self, Set<NodeId> aside) {
    looks = aside.isEmpty() || !aside.equals(before) ? 0 : looks;
    before = aside;
    if (aside.isEmpty()) {
      return Step.NONE;
    }
    looks++;
    if (!aside.contains(self)) {
      return looks >= EXPEL_AFTER ? Step.EXPEL : Step.NONE;
    }
    return switch (looks) {
      case ASIDE_AFTER -> Step.STAND_ASIDE;
      case EXPEL_AFTER -> Step.LEAVE;
      default -> Step.NONE;
    };
  }
}
