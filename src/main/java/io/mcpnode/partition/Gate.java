package io.mcpnode.partition;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What opens and shuts the gate: the lease, and whoever holds it shut for a reason. After it was
 * shut for so long that another side may have claimed something, what this node remembers is given
 * up before it opens again. Time is a parameter, nanoseconds of a monotonic clock. Any thread.
 */
final class Gate {

  /** Nobody claims what this node owns until seconds after the lease has ended. */
  private static final long BLINK = Duration.ofSeconds(1).toNanos();

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, String> holds = new LinkedHashMap<>();
  private final List<Runnable> beforeReopening = new CopyOnWriteArrayList<>();
  private volatile LeaseTerm term = LeaseTerm.NONE;
  private LeaseTerm leased = LeaseTerm.NONE;
  private boolean opened;
  private boolean isShut = true;
  private long shutAt;
  private boolean held;

  boolean isOpen(long now) {
    return term.isOpen(now);
  }

  /** Of the gate, not of the lease: none while somebody holds it. */
  LeaseTerm term() {
    return term;
  }

  /** Runs before it opens again after a hold, or after more than a blink without a lease. */
  void beforeReopening(Runnable action) {
    beforeReopening.add(action);
  }

  void lease(LeaseTerm next, long now) {
    lock.lock();
    try {
      leased = next;
      apply(now);
    } finally {
      lock.unlock();
    }
  }

  /** Shut from now on, whatever the lease says, until {@link #release}. */
  void hold(String by, String why, long now) {
    lock.lock();
    try {
      holds.put(by, why);
      held = true;
      apply(now);
    } finally {
      lock.unlock();
    }
  }

  void release(String by, long now) {
    lock.lock();
    try {
      holds.remove(by);
      apply(now);
    } finally {
      lock.unlock();
    }
  }

  /** Why it is held shut; empty if nobody holds it. */
  String held() {
    lock.lock();
    try {
      return String.join("; ", holds.values());
    } finally {
      lock.unlock();
    }
  }

  private void apply(long now) {
    LeaseTerm before = term;
    LeaseTerm next = holds.isEmpty() ? leased : LeaseTerm.NONE;
    if (!isShut && !before.isOpen(now)) {
      isShut = true;
      shutAt = before.until();
    }
    if (next.isOpen(now)) {
      if (isShut && opened && (held || now - shutAt > BLINK)) {
        beforeReopening.forEach(Runnable::run);
      }
      isShut = false;
      opened = true;
      held = false;
    } else if (!isShut) {
      isShut = true;
      shutAt = now;
    }
    term = next;
  }
}
