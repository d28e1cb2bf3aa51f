package io.mcpnode.names;

import java.time.Duration;

/**
 * Has this node been on the side that goes on, without interruption? Looked at again and again; a
 * look that comes too late counts as an interruption, since the node may have been paused while
 * others acted without it. Written by one thread, read by any; time is a parameter.
 */
final class Standing {

  /** Less than the time after which others act without a node that they can't reach. */
  static final Duration LONGEST_GAP = Duration.ofSeconds(2);

  private volatile long looked;
  private volatile long interruptions;

  Standing(long now) {
    this.looked = now;
  }

  /** Counts an interruption if there was one. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  void look(boolean gateIsOpen, long now) {
    if (!gateIsOpen || isTooLong(now)) {
      interruptions++;
    }
    looked = now;
  }

  private boolean isTooLong(long now) {
    return now - looked > LONGEST_GAP.toNanos();
  }

  /** How many there were. A name is certain if it was found to be held since the last one. */
  long interruptions() {
    return interruptions;
  }

  /** Were there no more than these until this moment? */
  boolean isUninterruptedSince(long interruptionsThen, long now) {
    // The time first: a look counts the interruption before it notes the time.
    return !isTooLong(now) && interruptions == interruptionsThen;
  }
}
