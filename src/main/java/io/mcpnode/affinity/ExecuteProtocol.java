package io.mcpnode.affinity;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A client's request on its way to the owner of its state, and the way back. On an address and
 * event loops of its own, so that moves and claims never wait behind tool calls. Frozen with a
 * release; a change is V2.
 */
public interface ExecuteProtocol {

  Contract V1 =
      Contract.of(
          "execute",
          1,
          Execute.class,
          ClientGone.class,
          Event.class,
          Executed.class,
          StreamEvent.class,
          Disconnect.class);

  /**
   * A client's request, to be executed by the owner of the key. Answered by any number of {@link
   * Event}s and {@link Executed}; refused with NOT_OWNER, NOT_FOUND, NO_QUORUM or OVERLOADED if it
   * was not executed.
   *
   * @param epoch under which the sender believes the receiver to be the owner
   * @param traceparent W3C trace context of the try, null if there is no trace
   */
  record Execute(
      String key,
      long epoch,
      Request.Verb verb,
      Buffer body,
      String principal,
      @Nullable String protocolVersion,
      boolean repeatable,
      @Nullable String traceparent,
      boolean resumable)
      implements WireMessage {}

  /** Sent after an {@link Execute}: the client that asked has gone. */
  record ClientGone() implements WireMessage {}

  /** A message to the client ahead of the answer. */
  record Event(Buffer message) implements WireMessage {}

  /** A message of a stream that the client can resume; see {@link Reply#event(Buffer, String)}. */
  record StreamEvent(Buffer message, @Nullable String id) implements WireMessage {}

  /** The client's connection shall end before the answer. */
  record Disconnect(int retryMillis) implements WireMessage {}

  /** The answer; see {@link Answer}. */
  record Executed(
      int status,
      @Nullable Buffer body,
      String node,
      @Nullable String sessionId,
      int retryAfterSeconds)
      implements WireMessage {}
}
