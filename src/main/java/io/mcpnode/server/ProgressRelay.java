package io.mcpnode.server;

import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Sends the progress of one call to its client: strictly increasing, none after the end. A report
 * that is not larger is left out. While there is no room some wait; where more come, the oldest of
 * them are dropped and counted.
 */
final class ProgressRelay {

  private static final int MAX_WAITING = 16;

  private final RequestId token;
  private final Function<Buffer, Future<Void>> toClient;
  private final Counter dropped;
  private final String related;
  private final ReentrantLock lock = new ReentrantLock();
  private double last = Double.NEGATIVE_INFINITY;
  private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
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
      last = progress;
      if (waiting.size() == MAX_WAITING) {
        waiting.remove();
        dropped.increment();
      }
      waiting.add(Answers.buffer(MessageWriter.progress(token, progress, total, message, related)));
      sendWhatFits();
    } finally {
      lock.unlock();
    }
  }

  private void sendWhatFits() {
    while (room.isComplete() && !waiting.isEmpty()) {
      send();
    }
  }

  private void send() {
    room = toClient.apply(waiting.remove());
    if (room.failed()) {
      dropped.increment();
    } else if (!room.isComplete()) {
      room.onComplete(done -> goOn());
    }
  }

  private void goOn() {
    lock.lock();
    try {
      sendWhatFits();
    } finally {
      lock.unlock();
    }
  }

  /** Ahead of the answer: sends what waits, whether or not there is room. */
  void close() {
    lock.lock();
    try {
      closed = true;
      while (!waiting.isEmpty()) {
        send();
      }
    } finally {
      lock.unlock();
    }
  }
}
