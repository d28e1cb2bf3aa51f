package io.mcpnode.server;

import io.mcpnode.api.State;
import io.vertx.core.Future;

/** The state that one call sees. */
interface CallState extends State {

  /** The call has changed it: what {@link #safe} waits for are its own copies. */
  boolean changed();

  /**
   * Completes when what the call has read and written is safe, so that its answer may be sent;
   * fails with a {@link io.mcpnode.wire.WireException} if it never will be. Called once, when the
   * tool is done.
   *
   * @param told the client gets what the tool answered, and with it a handle that the call minted;
   *     else nobody would ever know the handle
   */
  Future<Void> safe(boolean told);
}
