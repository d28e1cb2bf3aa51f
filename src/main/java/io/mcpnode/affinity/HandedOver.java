package io.mcpnode.affinity;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The records that this node has lately handed over, so that a read of the store which began before
 * the hand-over and ended after it does not make them its own again. Two generations; an entry is
 * kept for at least {@link #KEPT_MILLIS}, longer than a read takes.
 */
final class HandedOver {

  /** More than the patience of a read ({@code HazelcastStore}). */
  static final long KEPT_MILLIS = 10_000;

  private volatile ConcurrentHashMap<String, Long> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<String, Long> old = new ConcurrentHashMap<>();
  private final AtomicLong since;

  HandedOver(long now) {
    this.since = new AtomicLong(now);
  }

  /**
   * @param epoch under which another node is the owner
   */
  void note(String key, long epoch, long now) {
    forgetOld(now);
    young.merge(key, epoch, Math::max);
  }

  /** Whether this node knows of a later owner than that of the epoch. */
  boolean isPast(String key, long epoch) {
    Long later = young.get(key);
    if (later == null) {
      later = old.get(key);
    }
    return later != null && epoch < later;
  }

  /** Called now and then, and on each note: what is kept long enough is forgotten. */
  void forgetOld(long now) {
    long before = since.get();
    // One of those that find it is time does it: twice in a row would forget what is new.
    if (now - before > KEPT_MILLIS
        && !(young.isEmpty() && old.isEmpty())
        && since.compareAndSet(before, now)) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }

  int size() {
    return young.size() + old.size();
  }
}
