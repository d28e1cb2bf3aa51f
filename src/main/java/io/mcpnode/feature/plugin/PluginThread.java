package io.mcpnode.feature.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of plugins that may never return: on a thread of its own, which does not keep the
 * process from ending.
 */
final class PluginThread {

  private static final Logger LOG = LoggerFactory.getLogger(PluginThread.class);

  private PluginThread() {}

  /**
   * Blocks until the work is done. When its time is up, it is interrupted and left to itself.
   *
   * @param late gets what the work returns after that
   * @throws TimeoutException its time is up; the message tells the limit and where it is
   * @throws ExecutionException with what the work threw
   */
  static <T> T run(String plugin, Duration limit, Callable<T> work, Consumer<T> late)
      throws TimeoutException, ExecutionException, InterruptedException {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        Executors.defaultThreadFactory().newThread(() -> work(plugin, work, done, late));
    thread.setName("plugin " + plugin);
    thread.setDaemon(true);
    thread.start();
    try {
      return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      TimeoutException reason =
          new TimeoutException("not done within " + limit.toMillis() + " ms" + where(thread));
      if (!done.completeExceptionally(reason)) {
        return done.get();
      }
      thread.interrupt();
      throw reason;
    }
  }

  private static <T> void work(
      String plugin, Callable<T> work, CompletableFuture<T> done, Consumer<T> late) {
    try {
      T result = work.call();
      if (!done.complete(result)) {
        late.accept(result);
      }
    } catch (Exception | Error e) { // whoever waits gets it as it is
      if (!done.completeExceptionally(e)) {
        LOG.warn("plugin {}: after its time was up: {}", plugin, e.toString());
      }
    }
  }

  /** The innermost line that is not the JDK's. */
  private static String where(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      String module = frame.getModuleName();
      if (module == null || !(module.startsWith("java.") || module.startsWith("jdk."))) {
        return ", at " + frame;
      }
    }
    return "";
  }
}
