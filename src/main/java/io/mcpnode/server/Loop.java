package io.mcpnode.server;

/** Where work goes that no request brings along. */
public interface Loop {

  /** Runs the action on an event loop, soon. */
  void run(Runnable action);

  /** Runs the action on an event loop after a while. */
  void after(long millis, Runnable action);
}
