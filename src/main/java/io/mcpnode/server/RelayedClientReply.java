package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Span;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A client's reply that hands on what it does not change. */
interface RelayedClientReply extends ClientReply {

  /** Where everything goes. */
  ClientReply client();

  @Override
  default void executing(String node) {
    client().executing(node);
  }

  @Override
  default void asked(String method) {
    client().asked(method);
  }

  @Override
  default void named(RequestId id) {
    client().named(id);
  }

  @Override
  default boolean takeBack(RequestId id) {
    return client().takeBack(id);
  }

  @Override
  default Future<Void> event(Buffer message) {
    return client().event(message);
  }

  @Override
  default Future<Void> event(Buffer message, @Nullable String id) {
    return client().event(message, id);
  }

  @Override
  default boolean resumable() {
    return client().resumable();
  }

  @Override
  default void disconnect(int retryMillis) {
    client().disconnect(retryMillis);
  }

  @Override
  default void end(Answer answer) {
    client().end(answer);
  }

  @Override
  default Span span() {
    return client().span();
  }

  @Override
  default void onClientGone(Runnable action) {
    client().onClientGone(action);
  }
}
