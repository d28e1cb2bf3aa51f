package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Reply;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A reply that hands on what it does not change. It does not follow a record: whether a request
 * parks or detaches is between its executor and the record that this executor was given.
 */
interface RelayedReply extends Reply {

  /** Where everything goes. */
  Reply reply();

  @Override
  default void executing(String node) {
    reply().executing(node);
  }

  @Override
  default Future<Void> event(Buffer message) {
    return reply().event(message);
  }

  @Override
  default Future<Void> event(Buffer message, @Nullable String id) {
    return reply().event(message, id);
  }

  @Override
  default boolean resumable() {
    return reply().resumable();
  }

  @Override
  default void disconnect(int retryMillis) {
    reply().disconnect(retryMillis);
  }

  @Override
  default boolean mayRepeat() {
    return reply().mayRepeat();
  }

  @Override
  default void end(Answer answer) {
    reply().end(answer);
  }

  @Override
  default void fail(WireException reason) {
    reply().fail(reason);
  }

  @Override
  default Span span() {
    return reply().span();
  }

  @Override
  default void onClientGone(Runnable action) {
    reply().onClientGone(action);
  }
}
