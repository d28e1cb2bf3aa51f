package io.mcpnode.server;

import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Sends the progress of one call to its client: strictly increasing, one report at a time, none
 * after the end. A report that is not larger, or for which there is no room, is dropped; the latter
 * is counted.
 */
final class ProgressRelay {

  private final RequestId token;
  private final Function<Buffer, Future<Void>> toClient;
  private final Counter dropped;
  private final String related;
  private final ReentrantLock lock = new ReentrantLock();
  private double last = Double.NEGATIVE_INFINITY;
  private Future<Void> room = Future.succeededFuture();
  private boolean closed;

  ProgressRelay(RequestId token, Function<Buffer, Future<Void>> toClient, Counter dropped) {
    this(token, toClient, dropped, "");
  }

  /**
   * @param related JSON that every report has as its {@code _meta}; empty: none
   */
  ProgressRelay(
      RequestId token, Function<Buffer, Future<Void>> toClient, Counter dropped, String related) {
    this.related = related;
    this.token = token;
    this.toClient = toClient;
    this.dropped = dropped;
  }

  void report(double progress, double total, String message) {
    lock.lock();
    try {
      if (closed || !Double.isFinite(progress) || progress <= last) {
        return;
      }
      if (!room.isComplete()) {
        dropped.increment();
        return;
      }
      last = progress;
      room =
          toClient.apply(
              Answers.buffer(MessageWriter.progress(token, progress, total, message, related)));
      if (room.failed()) {
        dropped.increment();
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
