package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Span;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a transport writes the answer to one {@link ClientRequest}; {@link #end} is called exactly
 * once. Any thread.
 */
public interface ClientReply {

  /**
   * Which node executes, where it is known before the answer: the headers of an event stream are
   * sent with its first event. Optional.
   */
  default void executing(String node) {}

  /**
   * What the client asks for, once it was read, for the metrics: the method of a request or
   * notification; {@code batch}, {@code response} or {@code end}. Before anything else, on the
   * transport's thread. Optional.
   */
  default void asked(String method) {}

  /**
   * By this id the client can take the request back on the same connection, see {@link #takeBack}.
   * Before anything else, on the transport's thread. Optional, for transports on which one
   * connection has many requests.
   */
  default void named(RequestId id) {}

  /**
   * The client does not want the answer to the {@linkplain #named named} request of this id, which
   * is treated as if its client had gone. On the transport's thread. False if there is none.
   */
  default boolean takeBack(RequestId id) {
    return false;
  }

  /**
   * A message ahead of the answer: HTTP becomes an event stream with the first one. The future
   * completes when the client has room for more; over the bound it fails and the message is not
   * sent.
   */
  Future<Void> event(Buffer message);

  /** See {@code Reply.event(Buffer, String)}. */
  default Future<Void> event(Buffer message, @Nullable String id) {
    return message.length() == 0 ? Future.succeededFuture() : event(message);
  }

  /** The client can go on reading elsewhere, after the last id that it got. */
  default boolean resumable() {
    return false;
  }

  /** Ends the connection before the answer; the client comes back for the rest. */
  default void disconnect(int retryMillis) {}

  void end(Answer answer);

  /** The span that ends with the answer: parent of all that is done for it. */
  default Span span() {
    return Span.NONE;
  }

  /** Runs the action when the client went before the end; at once if it has already. */
  void onClientGone(Runnable action);
}
