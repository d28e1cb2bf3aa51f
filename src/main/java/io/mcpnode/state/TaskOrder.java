package io.mcpnode.state;

import org.jspecify.annotations.Nullable;

/**
 * What a client asked for when its call became a task; the same for every run. When the last one
 * has ended, what only a run needs is dropped.
 *
 * @param tool its name
 * @param arguments JSON, to call it again; empty once the task has ended
 * @param revision of the client that made the call
 * @param clientCapabilities JSON, as the client declared them; empty once the task has ended
 * @param stateKey the session or handle whose state the call uses; null if none
 * @param progressToken JSON; null if progress is not wanted
 * @param ttlMillis from the creation until it may be forgotten
 * @param traceparent W3C trace context of the call, if it is recorded; else null
 */
public record TaskOrder(
    String tool,
    String arguments,
    String revision,
    String clientCapabilities,
    @Nullable String stateKey,
    @Nullable String progressToken,
    long ttlMillis,
    @Nullable String traceparent) {

  /** Without what only a run needs: all the room of the record is the outcome's. */
  TaskOrder ended() {
    return new TaskOrder(tool, "", revision, "", stateKey, progressToken, ttlMillis, traceparent);
  }
}
