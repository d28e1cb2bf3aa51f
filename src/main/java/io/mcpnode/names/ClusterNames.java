package io.mcpnode.names;

import io.mcpnode.membership.Departure;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Names across the cluster: each has one holder at most, and is free again when its holder's node
 * has left, is proven dead, or was unreachable for so long that it can't believe to hold it any
 * more. Any thread; listeners are called on an event loop, one at a time, and must not block.
 */
public interface ClusterNames {

  /**
   * Takes a name for this node. Fails with {@code NOT_OWNER}, naming the holder, if it has one,
   * with {@code INVALID} for what is no name, {@code OVERLOADED} if this node holds too many, and
   * {@code NO_QUORUM} or {@code INDETERMINATE} as a write of state does; the name is then not held.
   */
  Future<Hold> register(String name);

  /** Who holds the name; null if nobody does. Fails as a reading of state does. */
  Future<@Nullable Holder> whereis(String name);

  /**
   * Tells once when whoever holds the name now holds it no more, and why; at once if nobody holds
   * it. Fails with {@code OVERLOADED} if there are too many monitors on this node.
   *
   * @param tag for the listener to know the monitor by
   */
  Future<Monitor> monitor(String name, String tag, Consumer<NameDown> listener);

  /** Tells of every node that joins or goes from now on. Fails as {@link #monitor}. */
  Future<Monitor> monitorNodes(String tag, Consumer<NodeChange> listener);

  /** A name that this node holds. */
  interface Hold {
    String name();

    /** Grows with every holder of the name: what a former holder did late can be told by it. */
    long term();

    /**
     * Is it held at this moment? Costs two clock readings. False while this side of the cluster
     * must not act, even if the name comes back later, and for good after {@link #ended}.
     */
    boolean isHeld();

    /** Gives it back. Completes when others can take it; fails as a write of state does. */
    Future<Void> release();

    /** Completes when it is held no more: with {@code RELEASED} or {@code LOST}. */
    Future<Reason> ended();
  }

  /** Ends without a word. */
  interface Monitor {
    void close();
  }

  record Holder(NodeId node, long term) {}

  /**
   * @param holder null with {@code NOT_HELD}
   */
  record NameDown(String tag, String name, @Nullable NodeId holder, Reason reason) {}

  /**
   * @param how it went; null: it joined
   */
  record NodeChange(String tag, NodeId node, @Nullable Departure how) {
    public boolean isUp() {
      return how == null;
    }
  }

  /** Why a name is held no more. */
  enum Reason {
    /** The holder gave it back. */
    RELEASED,
    /** The holder's node left, as it said. */
    LEFT,
    /** The holder's node is proven dead. */
    DIED,
    /** The holder's node does not answer. */
    UNREACHABLE,
    /** This node was cut off, and the others released the name. */
    LOST,
    /** Nobody held it. */
    NOT_HELD;

    static Reason of(Departure how) {
      return switch (how) {
        case LEFT -> LEFT;
        case DIED -> DIED;
        case UNREACHABLE -> UNREACHABLE;
      };
    }
  }
}
