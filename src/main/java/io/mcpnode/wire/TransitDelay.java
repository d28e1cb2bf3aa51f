package io.mcpnode.wire;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How long a message was on its way, without a shared clock: the difference of the two monotonic
 * clocks is what the fastest of the last messages shows; what a message takes longer is its delay.
 * A message that waited out a network partition in a socket's buffer is recognised by this. Clocks
 * drift apart, so the difference is taken anew every minute. Any thread.
 */
final class TransitDelay {

  private static final long WINDOW_MILLIS = 60_000;

  private final ReentrantLock lock = new ReentrantLock();
  private boolean begun;
  private long least;
  private long leastOfWindow;
  private long windowEnd;

  /**
   * @param sent the sender's clock, milliseconds
   * @param received our clock, milliseconds
   * @return the delay in milliseconds; 0 for the first message
   */
  long of(long sent, long received) {
    long difference = received - sent;
    lock.lock();
    try {
      if (!begun) {
        begun = true;
        least = difference;
        leastOfWindow = difference;
        windowEnd = received + WINDOW_MILLIS;
        return 0;
      }
      if (received - windowEnd >= 0) {
        least = leastOfWindow;
        leastOfWindow = difference;
        windowEnd = received + WINDOW_MILLIS;
      }
      leastOfWindow = Math.min(leastOfWindow, difference);
      least = Math.min(least, difference);
      return difference - least;
    } finally {
      lock.unlock();
    }
  }
}
