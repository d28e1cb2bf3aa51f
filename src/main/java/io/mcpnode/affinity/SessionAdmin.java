package io.mcpnode.affinity;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operators do with records. Any node takes any of these. Failures are {@link
 * io.mcpnode.wire.WireException}s: {@code NOT_FOUND} for the record, {@code INVALID} for a node
 * that isn't a member or can't be the target.
 */
public interface SessionAdmin {

  /**
   * @param node only what this node owns, null: all
   * @param cursor of the page before, null: the first; fails with {@code INVALID} for what is none
   */
  Future<Page> list(@Nullable String node, @Nullable String cursor, int limit);

  Future<Placed> one(String id);

  /**
   * Moves a record in two phases; completes when the target owns it, and fails with exactly one
   * owner left. Moving it to where it is succeeds.
   *
   * @param backups the nodes to take over next, in order; empty: chosen by the node
   */
  Future<Placed> migrate(String id, String target, List<String> backups);

  /**
   * Completes when the wanted number of copies exist; fails with {@code OVERLOADED} if they do not
   * within 10 s.
   */
  Future<Placed> backup(String id);

  /**
   * Takes a record over from a node. Fails with {@code INVALID} if that node does not own it or is
   * alive and reachable: that would be a migration.
   */
  Future<Placed> failover(String id, String failedNode);

  /**
   * Starts to move everything away from a node and takes it out of readiness; completes with the
   * state at the start.
   */
  Future<Drain> drain(String node);

  /** Undoes {@link #drain}. */
  Future<Drain> undrain(String node);

  /**
   * Starts to even out the records over the nodes that take new state; completes with the state at
   * the start. While records are moving already it only tells how that goes.
   */
  Future<Rebalance> rebalance();

  /** How evening out goes, or went last. */
  Future<Rebalance> rebalancing();

  record Page(List<Placed> sessions, @Nullable String cursor) {}

  /**
   * @param kind {@code session} or {@code handle}
   * @param backups the nodes that hold copies and take over, in order
   * @param replicasWanted copies the configuration asks for, at most one per live node
   * @param replicas the nodes that hold a copy now, by name
   */
  record Placed(
      String id,
      String kind,
      String owner,
      List<String> backups,
      long epoch,
      long version,
      int stateBytes,
      int replicasWanted,
      List<String> replicas,
      long createdAt,
      long lastAccess) {}

  /**
   * @param state {@code moving} or {@code still}
   */
  record Rebalance(String state, List<Share> nodes) {}

  /**
   * What a node owns and gives.
   *
   * @param state {@code moving} while it gives records to others, else {@code still}
   * @param records it owns
   * @param moved that it has given away, by the last rebalancing that took some from it
   * @param remaining that it has still to give away
   */
  record Share(String node, String state, long records, long moved, long remaining) {}

  /**
   * @param state {@code draining}, {@code drained} or {@code serving}
   * @param moved records moved away since the drain began
   * @param remaining records still owned
   */
  record Drain(String node, String state, long moved, long remaining) {}
}
