package io.mcpnode.replication;

import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The copies of all records. Futures complete on any thread, and fail with a {@link
 * io.mcpnode.wire.WireException}: {@code NO_QUORUM} (nothing happened), or {@code INDETERMINATE}
 * when it could not be found out in time whether the mutation happened.
 */
public interface StateStore {

  /** What is stored; null if there is nothing, or only a tombstone. */
  Future<@Nullable Stored> get(String key);

  /** Completes when the mutation was refused, or when all wanted copies have it. */
  Future<Verdict> apply(String key, Mutation mutation);

  /** Notes last accesses, many at a time; what cannot be noted is noted with the next change. */
  Future<Void> touch(Map<String, Mutation.Touch> touches);

  /**
   * The records whose first copy is on this node and that match, without asking other nodes; may
   * block.
   */
  Map<String, Stored> heldHere(BiPredicate<String, Stored> filter);

  /**
   * Records of the whole cluster in the order of their keys.
   *
   * @param owner name of a node, or null for all
   * @param after only keys greater than this one
   */
  Future<Map<String, Stored>> list(@Nullable String owner, String after, int limit);

  /**
   * Records of the whole cluster of one kind that belong to this principal, in the order of their
   * keys.
   *
   * @param after only keys greater than this one
   */
  Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit);

  /** The names of the nodes that hold copies of the key now, the first copy's first. */
  List<String> holders(String key);

  /** Copies of these records; may block. */
  default Copies copies(Collection<String> keys) {
    int each = wantedCopies();
    long wanted = 0;
    long present = 0;
    for (String key : keys) {
      wanted += each;
      present += Math.min(each, holders(key).size());
    }
    return new Copies(wanted, present);
  }

  /**
   * Copies a record shall have now: the replication factor, or the number of live nodes if that is
   * smaller.
   */
  int wantedCopies();
}
