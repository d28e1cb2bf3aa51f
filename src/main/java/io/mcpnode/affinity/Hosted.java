package io.mcpnode.affinity;

import io.mcpnode.state.Contents;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A record that this node owns. Safe on any thread; nothing here blocks. */
public interface Hosted {

  /** With all changes made so far, also those that are still being copied. */
  StateRecord record();

  /**
   * Replaces the contents by a function of them; changes of one record happen one at a time, each
   * exactly once. Copying starts at once, several changes together where they come faster than
   * copies.
   *
   * @return the record after the change; {@link #copied} tells when its version is safe
   * @throws io.mcpnode.wire.WireException {@code STALE_EPOCH} if the record is no longer owned
   *     here, {@code OVERLOADED} if the contents would become too large; then nothing has changed
   */
  StateRecord change(UnaryOperator<Contents> change);

  /**
   * Completes when all wanted copies have this version (at once if they have it already). Fails
   * with {@code STALE_EPOCH}, {@code NO_QUORUM} or {@code INDETERMINATE}, and then the node has
   * dropped its copy: an answer that depends on the version must not be sent.
   */
  Future<Void> copied(long version);

  /**
   * Calls the listener when the record is no longer owned here: moved, claimed by another node, or
   * ended ({@code NOT_FOUND}); at once if it isn't already.
   */
  void onLost(Consumer<WireException> listener);

  /** The request that entered by {@link Affinity#enter} has been answered. Once per entry. */
  void leave();

  /**
   * A companion of this copy that lives as long as the record is owned here, such as its running
   * calls.
   */
  <A> A attachment(Class<A> type, Supplier<A> create);

  /** The companion of this type, null if there is none. */
  <A> @Nullable A attached(Class<A> type);
}
