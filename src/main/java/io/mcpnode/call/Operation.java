package io.mcpnode.call;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a node does when it is asked to. */
public interface Operation {

  /**
   * Called on an event loop, which it must not block. The value is JSON-able: null, a boolean, a
   * number, a string, or a map, list, {@code JsonObject} or {@code JsonArray} of these. Whatever
   * the future fails with reaches the caller as {@code remote_error}, but for {@link
   * CallException#rejected}.
   */
  Future<? extends @Nullable Object> call(JsonArray args, Running call);

  /** The call that an operation serves. Any thread. */
  interface Running {

    /** The name of the node that called; this node's own for a local call. */
    String caller();

    /** The caller's W3C trace context, null if there is none. */
    @Nullable String traceparent();

    /** What is left until the caller gives up. */
    Duration remaining();

    /** Nobody waits for the value any more: the caller gave up, is gone, or its time is over. */
    boolean isCancelled();

    /** Runs the action when the call is cancelled; at once if it is already. Must not block. */
    void onCancel(Runnable action);
  }
}
