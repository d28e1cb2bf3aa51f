package io.mcpnode.affinity;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When the next record may begin to move, so that so many move in a second. What was not used is
 * not made up for: after a pause there is no burst. Any thread; time is a parameter, nanoseconds of
 * a monotonic clock.
 */
final class Pace {

  private static final double NANOS = 1e9;

  /** The part of the time that moving may take; the rest is for records that are tried again. */
  private static final double PART = 0.5;

  private final long gapNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private boolean begun;

  private Pace(double perSecond) {
    this.gapNanos = (long) (NANOS / perSecond);
  }

  static Pace perSecond(int records) {
    if (records < 1) {
      throw new IllegalArgumentException("records: " + records + " (expected: >= 1)");
    }
    return new Pace(records);
  }

  /** At least so many a second, and more if they would not be done in time. */
  static Pace inTime(int perSecond, long records, Duration time) {
    double needed = records * NANOS / Math.max(1, time.toNanos() * PART);
    return new Pace(Math.max(perSecond, needed));
  }

  /**
   * Takes the next place.
   *
   * @return nanoseconds from now until the record may move
   */
  long reserve(long now) {
    lock.lock();
    try {
      long at = begun && next - now > 0 ? next : now;
      begun = true;
      next = at + gapNanos;
      return at - now;
    } finally {
      lock.unlock();
    }
  }
}
