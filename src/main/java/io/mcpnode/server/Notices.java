package io.mcpnode.server;

import io.mcpnode.affinity.Reply;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends notices of changes to one client, one at a time. What comes while the client does not read
 * waits, once for each thing it is about, so that as much waits as there are different things; the
 * message is made when its turn has come.
 */
final class Notices {

  private final Reply reply;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Object, Supplier<Future<@Nullable Buffer>>> waiting = new LinkedHashMap<>();
  private boolean sending = true;
  private boolean closed;

  /** Nothing is sent before {@link #open}. */
  Notices(Reply reply) {
    this.reply = reply;
  }

  /** Sends what waits, and from now on what comes. Once. */
  void open() {
    sendWaiting();
  }

  /**
   * @param message completes with null if there is nothing to say after all; must not fail
   */
  void offer(Object about, Supplier<Future<@Nullable Buffer>> message) {
    lock.lock();
    try {
      if (closed || waiting.putIfAbsent(about, message) != null || sending) {
        return;
      }
      sending = true;
    } finally {
      lock.unlock();
    }
    sendWaiting();
  }

  /** Nothing is sent after this. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  /** By whoever has set {@code sending}, until nothing waits. */
  private void sendWaiting() {
    for (Supplier<Future<@Nullable Buffer>> next = next(); next != null; next = next()) {
      Future<Void> room = next.get().compose(this::write);
      if (!room.isComplete()) {
        room.onComplete(done -> sendWaiting());
        return;
      }
    }
  }

  private @Nullable Supplier<Future<@Nullable Buffer>> next() {
    lock.lock();
    try {
      Iterator<Supplier<Future<@Nullable Buffer>>> all = waiting.values().iterator();
      if (closed || !all.hasNext()) {
        sending = false;
        return null;
      }
      Supplier<Future<@Nullable Buffer>> next = all.next();
      all.remove();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private Future<Void> write(@Nullable Buffer message) {
    lock.lock();
    try {
      return closed || message == null ? Future.succeededFuture() : reply.event(message);
    } finally {
      lock.unlock();
    }
  }
}
