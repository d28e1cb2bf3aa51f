package io.mcpnode.monitor;

/**
 * How late the timer of one event loop fires, which is how long everything else on it waits. Armed
 * and fired on the loop, read by any thread; time is a parameter, nanoseconds.
 */
final class Drift {

  private final long delay;
  private volatile long armed;
  private volatile long worst;

  /**
   * @param delay the timer's
   */
  Drift(long delay, long now) {
    this.delay = delay;
    this.armed = now;
  }

  /** The timer fired, and is set anew. */
  void fired(long now) {
    worst = Math.max(worst, now - armed - delay);
    armed = now;
  }

  /** The worst since the last call, up to a loop that is stuck right now. */
  long take(long now) {
    long seen = Math.max(worst, now - armed - delay);
    worst = 0;
    return Math.max(0, seen);
  }
}
