package io.mcpnode.replication;

/**
 * When a mutation that has no outcome yet is made once more: after a quarter of a second, and then
 * each time after twice as long. On one thread.
 */
final class Repeats {

  private static final long FIRST_NANOS = 250_000_000L;

  private long due;
  private long pause = FIRST_NANOS;

  /**
   * @param now when it was made first, in nanoseconds of the monotonic clock
   */
  Repeats(long now) {
    this.due = now + FIRST_NANOS;
  }

  /** Whether it is time; if so, the next time is later. */
  boolean isDue(long now) {
    if (now - due < 0) {
      return false;
    }
    pause *= 2;
    due = now + pause;
    return true;
  }
}
