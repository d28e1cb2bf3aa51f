package io.mcpnode.affinity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How many records each target has still to get from this node. Any thread. */
final class Shares {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Long> open = new LinkedHashMap<>();

  Shares(Map<String, Long> records) {
    records.forEach((target, count) -> open.merge(target, count, Long::sum));
  }

  /** The target of the next record: whoever has most to get; null if all is given or dropped. */
  @Nullable String take() {
    lock.lock();
    try {
      String target = null;
      long most = 0;
      for (Map.Entry<String, Long> entry : open.entrySet()) {
        if (entry.getValue() > most) {
          most = entry.getValue();
          target = entry.getKey();
        }
      }
      if (target != null) {
        open.put(target, most - 1);
      }
      return target;
    } finally {
      lock.unlock();
    }
  }

  /** The record did not move: the target still has to get one. */
  void giveBack(String target) {
    lock.lock();
    try {
      open.computeIfPresent(target, (name, count) -> count + 1);
    } finally {
      lock.unlock();
    }
  }

  /** The target can take nothing any more. */
  void drop(String target) {
    lock.lock();
    try {
      open.remove(target);
    } finally {
      lock.unlock();
    }
  }

  long remaining() {
    lock.lock();
    try {
      return open.values().stream().mapToLong(Long::longValue).sum();
    } finally {
      lock.unlock();
    }
  }
}
