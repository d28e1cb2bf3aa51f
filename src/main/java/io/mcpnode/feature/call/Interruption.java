package io.mcpnode.feature.call;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Interrupts the thread of one call, and never what the thread does after it. */
final class Interruption {

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread;
  private boolean wanted;

  /** On the thread, before the call. */
  void begin() {
    lock.lock();
    try {
      thread = Thread.currentThread();
      if (wanted) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** On the thread, after the call. */
  void end() {
    lock.lock();
    try {
      thread = null;
      Thread.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** On any thread. */
  void interrupt() {
    lock.lock();
    try {
      wanted = true;
      if (thread != null) {
        thread.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
