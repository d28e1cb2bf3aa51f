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
  private long timesHeld;
  private boolean forgetting;

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
    update(() -> leased = next, now);
  }

  /** Shut from now on, whatever the lease says, until {@link #release}. */
  void hold(String by, String why, long now) {
    update(
        () -> {
          holds.put(by, why);
          held = true;
          timesHeld++;
        },
        now);
  }

  void release(String by, long now) {
    update(() -> holds.remove(by), now);
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

  private void update(Runnable change, long now) {
    lock.lock();
    try {
      change.run();
      if (forgetting) {
        return; // whoever forgets looks at this afterwards
      }
      if (!mustForget(now)) {
        apply(now);
        return;
      }
      forgetting = true;
    } finally {
      lock.unlock();
    }
    forget(now);
  }

  /** By one thread at a time, without the lock, while it is still shut. */
  private void forget(long now) {
    boolean again = true;
    while (again) {
      long before = timesHeld();
      boolean done = false;
      try {
        beforeReopening.forEach(Runnable::run);
        done = true;
      } finally {
        lock.lock();
        try {
          again = done && timesHeld != before && mustForget(now);
          forgetting = again;
          if (done && !again) {
            apply(now);
          }
        } finally {
          lock.unlock();
        }
      }
    }
  }

  private long timesHeld() {
    lock.lock();
    try {
      return timesHeld;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustForget(long now) {
    noteShut(now);
    return next().isOpen(now) && isShut && opened && (held || now - shutAt > BLINK);
  }

  private LeaseTerm next() {
    return holds.isEmpty() ? leased : LeaseTerm.NONE;
  }

  private void noteShut(long now) {
    if (!isShut && !term.isOpen(now)) {
      isShut = true;
      shutAt = term.until();
    }
  }

  private void apply(long now) {
    LeaseTerm next = next();
    if (next.isOpen(now)) {
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
