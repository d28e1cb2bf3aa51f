package io.mcpnode.affinity;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests inside a record, and holds new ones back while it moves. Entering is one
 * atomic addition. Promises complete on the thread of whoever leaves last.
 */
final class Turnstile {

  private static final int HOLDING = 1 << 30;

  private final AtomicInteger inside = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private final int maxHeld;
  private @Nullable Promise<Void> empty;

  Turnstile(int maxHeld) {
    this.maxHeld = maxHeld;
  }

  /** False while requests are held back. */
  boolean tryEnter() {
    if (inside.incrementAndGet() < HOLDING) {
      return true;
    }
    leave();
    return false;
  }

  void leave() {
    if (inside.decrementAndGet() == HOLDING) {
      Promise<Void> waits;
      lock.lock();
      try {
        waits = inside.get() == HOLDING ? empty : null; // somebody may have let others in
      } finally {
        lock.unlock();
      }
      if (waits != null) {
        waits.tryComplete();
      }
    }
  }

  /**
   * Keeps the request until {@link #release}; if nothing is held back any more, runs it at once.
   *
   * @return false if too many are held already; the request is not kept
   */
  boolean hold(Runnable request) {
    lock.lock();
    try {
      if (isHolding()) {
        return held.size() < maxHeld && held.add(request);
      }
    } finally {
      lock.unlock();
    }
    request.run();
    return true;
  }

  /**
   * Holds new requests back from now on; completes when nobody is inside. Fails if that was asked
   * for already.
   */
  Future<Void> close() {
    lock.lock();
    try {
      if (isHolding()) {
        return Future.failedFuture(new IllegalStateException("the record is moving already"));
      }
      Promise<Void> promise = Promise.promise();
      empty = promise;
      if (inside.addAndGet(HOLDING) == HOLDING) {
        promise.tryComplete();
      }
      return promise.future();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets requests in again, first those that were held back, each of which looks anew where its
   * record is.
   */
  void release() {
    ArrayDeque<Runnable> waiting;
    lock.lock();
    try {
      if (!isHolding()) {
        return;
      }
      inside.addAndGet(-HOLDING);
      empty = null;
      waiting = new ArrayDeque<>(held);
      held.clear();
    } finally {
      lock.unlock();
    }
    waiting.forEach(Runnable::run);
  }

  private boolean isHolding() {
    return inside.get() >= HOLDING;
  }

  int inside() {
    return inside.get() & (HOLDING - 1);
  }
}
