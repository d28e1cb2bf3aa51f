package io.mcpnode.server;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Happens once or never. Actions run once, on the thread that cancels or that comes too late. */
final class Cancellation {

  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);
  private static final Waiting CANCELLED = new Waiting(() -> {}, null);

  /** A stack of actions; the same object stands for the end of waiting. */
  private static final class Waiting {
    private final Runnable action;
    private final @Nullable Waiting next;

    Waiting(Runnable action, @Nullable Waiting next) {
      this.action = action;
      this.next = next;
    }
  }

  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();

  boolean isCancelled() {
    return waiting.get() == CANCELLED;
  }

  void onCancel(Runnable action) {
    Waiting head;
    do {
      head = waiting.get();
      if (head == CANCELLED) {
        run(action);
        return;
      }
    } while (!waiting.compareAndSet(head, new Waiting(action, head)));
  }

  /** False if it has happened before. */
  boolean cancel() {
    Waiting head = waiting.getAndSet(CANCELLED);
    if (head == CANCELLED) {
      return false;
    }
    for (Waiting each = head; each != null; each = each.next) {
      run(each.action);
    }
    return true;
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.warn("the cancel action of a tool failed", e);
    }
  }
}
