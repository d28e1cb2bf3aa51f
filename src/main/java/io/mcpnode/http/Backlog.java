package io.mcpnode.http;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * What was written to a client that does not read fast enough: counted and bounded, since it waits
 * in memory. On the connection's event loop.
 */
final class Backlog {

  static final int MAX_MESSAGES = 64;
  static final int MAX_BYTES = 4 << 20;

  private @Nullable Promise<Void> room;
  private int messages;
  private int bytes;

  /** A single message is never too large for an empty backlog. */
  boolean hasRoomFor(int length) {
    return messages == 0 || (messages < MAX_MESSAGES && bytes + length <= MAX_BYTES);
  }

  boolean isEmpty() {
    return messages == 0;
  }

  static WireException overflow() {
    return new WireException(
        Failure.OVERLOADED,
        "the client does not read (expected: at most "
            + MAX_MESSAGES
            + " messages or "
            + MAX_BYTES
            + " bytes waiting)");
  }

  /** A message was written; completes when there is room for more. */
  Future<Void> add(int length, boolean queueFull) {
    if (!queueFull) {
      return Future.succeededFuture();
    }
    messages++;
    bytes += length;
    Promise<Void> promise = room;
    if (promise == null) {
      promise = Promise.promise();
      room = promise;
    }
    return promise.future();
  }

  void drained() {
    messages = 0;
    bytes = 0;
    Promise<Void> promise = room;
    room = null;
    if (promise != null) {
      promise.complete();
    }
  }

  void gone() {
    Promise<Void> promise = room;
    room = null;
    if (promise != null) {
      promise.fail(new WireException(Failure.NODE_DOWN, "the client has gone"));
    }
  }
}
