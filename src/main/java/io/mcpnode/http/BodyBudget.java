package io.mcpnode.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for bodies that come in more than one piece, over all connections: many clients that each
 * stay below the limit of one body must not fill the heap together.
 */
final class BodyBudget {

  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  BodyBudget(long limit) {
    this.limit = limit;
  }

  /** A quarter of the heap, and room for two bodies at least. */
  static BodyBudget ofHeap(int maxBodyBytes) {
    return new BodyBudget(Math.max(2L * maxBodyBytes, Runtime.getRuntime().maxMemory() / 4));
  }

  /** False if there is no room; then nothing was taken. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= limit) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void give(int bytes) {
    taken.addAndGet(-bytes);
  }
}
