package io.mcpnode.trace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many a second, in whole seconds. Any thread. */
final class RateLimit {

  private static final int COUNT_BITS = 20;

  private final int perSecond;

  /** The second, and how many were in it. */
  private final AtomicLong state = new AtomicLong();

  RateLimit(int perSecond) {
    this.perSecond = perSecond;
  }

  /** True if there was room for one more in this second; takes it. */
  boolean take(long nanos) {
    long second = TimeUnit.NANOSECONDS.toSeconds(nanos) << COUNT_BITS;
    while (true) {
      long before = state.get();
      long count = before - second;
      long after = count >= 0 && count <= perSecond ? before + 1 : second + 1;
      if (after - second > perSecond) {
        return false;
      }
      if (state.compareAndSet(before, after)) {
        return true;
      }
    }
  }
}
