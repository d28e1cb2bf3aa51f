package io.mcpnode.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The thread of the test; what shall happen later happens when the test says so. */
final class FakeLoop implements Loop {

  private final ArrayDeque<Runnable> soon = new ArrayDeque<>();
  private final List<Runnable> later = new ArrayList<>();
  private boolean running;

  @Override
  public void run(Runnable action) {
    soon.add(action);
    if (!running) {
      running = true;
      for (Runnable next = soon.poll(); next != null; next = soon.poll()) {
        next.run();
      }
      running = false;
    }
  }

  @Override
  public void after(long millis, Runnable action) {
    later.add(action);
  }

  /** All pauses are over. */
  void timePasses() {
    List<Runnable> due = List.copyOf(later);
    later.clear();
    due.forEach(Runnable::run);
  }
}
