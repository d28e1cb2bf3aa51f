package io.mcpnode.affinity;

import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to a {@link Request} goes. Ended exactly once, by {@link #end} or {@link #fail}.
 * Any thread.
 */
public interface Reply {

  /** Names the node that executes, before the first {@link #event}, if it isn't this one. */
  default void executing(String node) {}

  /**
   * Sends a message ahead of the answer: the transport turns the answer into a stream. The future
   * completes when there is room for another one; over the bound it fails with {@code OVERLOADED}
   * and the message is not sent.
   */
  Future<Void> event(Buffer message);

  /**
   * As {@link #event(Buffer)}, with an id by which the client can go on reading after it. An empty
   * message only gives the client the id, or begins the stream if there is none.
   */
  default Future<Void> event(Buffer message, @Nullable String id) {
    return message.length() == 0 ? Future.succeededFuture() : event(message);
  }

  /** The client can go on reading elsewhere, after the last id that it got. */
  default boolean resumable() {
    return false;
  }

  /** Ends the client's connection before the answer; the client comes back for the rest. */
  default void disconnect(int retryMillis) {}

  /** This reply will be long; it shall not keep the record from moving. */
  default void detach() {}

  /** If the owner is lost now, a repeatable request may be executed once more. */
  default boolean mayRepeat() {
    return true;
  }

  void end(Answer answer);

  /** Nothing was answered; the reason says what the caller may do. */
  void fail(WireException reason);

  /** The span that ends with the answer: parent of all that is done for it. */
  default Span span() {
    return Span.NONE;
  }

  /**
   * The answer will come later and does not need the record until then: it may move. If it moves,
   * the request is executed again by its new owner, and what is answered here is void. Whoever
   * parks a request also asks for {@link #onClientGone}.
   */
  default void park() {}

  /** Runs the action when the client has gone before the end; at once if it has already. */
  void onClientGone(Runnable action);
}
