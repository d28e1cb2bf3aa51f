package io.mcpnode.affinity;

import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the state that a request needs, wherever it is owned. */
public interface Affinity {

  /**
   * The record if this node owns it and may serve now: one map look-up, no I/O. Null says nothing:
   * ask {@link #dispatch}. Until the caller {@link Hosted#leave leaves}, the record does not move
   * to another node, within reason.
   */
  @Nullable Hosted enter(String key);

  /** A new random key that nobody can guess: 160 bits from a CSPRNG, all visible ASCII. */
  String newKey(Kind kind);

  /**
   * Creates a record under a key made by {@link #newKey}, owned by this node, or by another one
   * while this one drains. Completes when all wanted copies exist; fails with {@code OVERLOADED},
   * {@code DRAINING}, {@code NO_QUORUM} or {@code INDETERMINATE}.
   */
  Future<Hosted> create(String key, Kind kind, String principal, Contents contents);

  /** As {@link #create(String, Kind, String, Contents)}, under a new key. */
  default Future<Hosted> create(Kind kind, String principal, Contents contents) {
    return create(newKey(kind), kind, principal, contents);
  }

  /** Ends a record for good: completes when every node answers NOT_FOUND for it. */
  Future<Void> end(Hosted hosted);

  /**
   * Has the request executed by the owner of the key, here or elsewhere, exactly once; claims the
   * record if its owner is gone. Fails the reply with {@code NOT_FOUND}, {@code NO_QUORUM}, {@code
   * OVERLOADED}, {@code DRAINING}, {@code NODE_DOWN} (not executed), or {@code INDETERMINATE} (the
   * owner was lost while it had the request; a repeatable request has then been tried once more
   * already).
   */
  void dispatch(String key, Request request, Reply reply);

  /**
   * Records of the cluster of one kind that belong to this principal, in the order of their keys,
   * as they are stored.
   *
   * @param after only keys greater than this one
   */
  Future<List<StateRecord>> list(Kind kind, String principal, String after, int limit);

  /**
   * The node executes nothing any more: it left, is proven dead, or could not be reached for so
   * long that it must have stopped. A node that does not answer for a moment is not gone.
   */
  boolean isGone(NodeId node);

  /** This node. */
  NodeId self();

  /**
   * Executes what is owned here; given at start by whoever knows MCP. Entering and leaving the
   * record is the caller's business.
   */
  interface Executor {
    void execute(Hosted hosted, Request request, Reply reply);

    /**
     * This node owns a task: called when it has become the owner, by whatever way, and for all its
     * tasks again after a member went. Any thread; must not block.
     */
    default void owned(Hosted hosted) {}
  }
}
