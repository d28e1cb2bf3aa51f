package io.mcpnode.call;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls operations on any nodes of the cluster. Never blocks; any thread. */
public interface ClusterCalls {

  /** Calls on one node; one that is this node is called without a way over the network. */
  Pending call(String node, Invocation invocation);

  /** Calls on each of these nodes at once. */
  PendingEach callEach(Collection<String> nodes, Invocation invocation);

  /** Calls on all members, this node included, at once. */
  PendingEach callAll(Invocation invocation);

  /** A call under way. */
  interface Pending {

    /**
     * Completes with the operation's value, as JSON is read: null, a boolean, number, string,
     * {@code JsonObject} or {@code JsonArray}. Fails with a {@link CallException}, or, if {@link
     * #cancel} was faster, with a {@link java.util.concurrent.CancellationException}.
     */
    Future<@Nullable Object> result();

    /** Gives up, and lets the operation know. After the end it does nothing. */
    void cancel();
  }

  /** Calls under way. */
  interface PendingEach {

    /** Completes when every call has ended, in the order of the nodes; never fails. */
    Future<List<Outcome>> outcomes();

    /** Gives up those that have not ended. */
    void cancel();
  }

  /**
   * How the call on one node ended.
   *
   * @param value if there is no failure
   * @param failure null: it succeeded
   */
  record Outcome(String node, @Nullable Object value, @Nullable Throwable failure) {}
}
