package io.mcpnode.api;

import java.time.Duration;

/**
 * The call that a {@link ClusterOperation} serves: give the method a parameter of this type. Safe
 * to use from any thread.
 */
public interface OperationContext {

  /** The name of the node from which the call came. */
  String caller();

  /** What is left until the caller gives up. */
  Duration remaining();

  /** Nobody waits for the value any more; stop soon. */
  boolean isCancelled();

  /** Runs the action when that is so; at once if it already is. It must not block. */
  void onCancel(Runnable action);
}
