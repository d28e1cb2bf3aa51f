package io.mcpnode.affinity;

import io.mcpnode.wire.WireException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is to be done once when a record is no longer owned here. */
final class LossActions {

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Consumer<WireException>> actions = new LinkedHashSet<>();
  private @Nullable WireException lost;

  /** Runs the action at once if the record is lost already. */
  void add(Consumer<WireException> action) {
    WireException reason;
    lock.lock();
    try {
      reason = lost;
      if (reason == null) {
        actions.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.accept(reason);
  }

  void remove(Consumer<WireException> action) {
    lock.lock();
    try {
      actions.remove(action);
    } finally {
      lock.unlock();
    }
  }

  void run(WireException reason) {
    List<Consumer<WireException>> todo;
    lock.lock();
    try {
      lost = reason;
      todo = List.copyOf(actions);
      actions.clear();
    } finally {
      lock.unlock();
    }
    todo.forEach(action -> action.accept(reason));
  }
}
