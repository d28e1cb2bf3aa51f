package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Map;

/** What this node knows of the cluster's members. Reads are cheap and can be made on any thread. */
public interface Membership {

  NodeId self();

  View view();

  /**
   * The members as of this moment, also if nobody has been told of the last change yet. What fails
   * or ends because a member was removed may do so before {@link #view} is without it.
   */
  default View viewNow() {
    return view();
  }

  /**
   * Not to be asked for anything now: no heartbeat for longer than the suspicion time, or it said
   * goodbye. The cluster has not agreed that it is gone.
   */
  boolean isSuspect(NodeId node);

  /** It said that it leaves, lately: it has nothing any more that the others don't have. */
  default boolean saidGoodbye(NodeId node) {
    return false;
  }

  /** Work is not sent there any more: it said that it drains. */
  boolean isDraining(NodeId node);

  /**
   * Since it joined, or joined again after it was cut off, it has told this node that all records
   * it had are in the cluster.
   */
  default boolean hasSettled(NodeId node) {
    return true;
  }

  /**
   * Of a member that is gone, until the listeners have been told so: when it was last heard, it and
   * this node agreed where all copies of everything are, and none was being moved.
   */
  default boolean knewPlaces(NodeId node) {
    return true;
  }

  /**
   * Of each member whose heartbeats have come, and of this node, the members it says it hears; the
   * last word of those that are no longer heard.
   */
  default Map<NodeId, List<NodeId>> reach() {
    return Map.of();
  }

  /**
   * The members that reach each other have no use for this one, which is cut off from some of them
   * only: makes the cluster remove it now, as far as that is for this node to do. Of this node
   * itself: it is on its own from now on, until it reaches all others again.
   */
  default void expel(NodeId node, String reason) {}

  /** What a member says of itself. */
  default NodeState state(NodeId node) {
    return isDraining(node) ? NodeState.DRAINING : NodeState.SERVING;
  }

  /** Heartbeat intervals that have gone by since the node was heard; 0 for this one. */
  default int missedPings(NodeId node) {
    return 0;
  }

  /** Round trip of the last heartbeat that the node answered; 0 for this one, and if unknown. */
  default long rttMicros(NodeId node) {
    return 0;
  }

  /** The other members whose heartbeats arrive, as of now. */
  default List<NodeId> hears() {
    return view().ids().stream().filter(id -> !id.equals(self())).toList();
  }

  /** Load of a member as of its last heartbeat: records it owns. 0 if unknown. */
  int load(NodeId node);

  /**
   * Calls the listener on each later change, one call at a time, in order, on a thread that must
   * not be blocked.
   */
  void listen(Listener listener);

  /** Told of changes; the view is the one after the change. */
  interface Listener {
    default void joined(View view, Member member) {}

    default void gone(View view, Member member, Departure how) {}

    /** A member that went as {@code UNREACHABLE} is dead for certain: its port refuses by now. */
    default void provenDead(Member member) {}

    /**
     * This node gives up its view and joins another cluster, until {@link #rejoined}; called at
     * once, on the thread that does it.
     */
    default void merging() {}

    /** This node was cut off and came back: whatever it owned may have been claimed meanwhile. */
    default void rejoined(View view) {}
  }
}
