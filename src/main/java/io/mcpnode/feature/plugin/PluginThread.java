package io.mcpnode.feature.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
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
   * Blocks until the work is done. When its time is up, or the caller is interrupted, the work is
   * interrupted and left to itself.
   *
   * @param late gets what the work returns after that, without the interrupt
   * @throws TimeoutException its time is up; the message tells the limit and where it is
   * @throws ExecutionException with what the work threw
   */
  static <T> T run(String plugin, Duration limit, Callable<T> work, Consumer<T> late)
      throws TimeoutException, ExecutionException, InterruptedException {
    Outcome<T> outcome = new Outcome<>();
    Thread thread =
        Executors.defaultThreadFactory().newThread(() -> work(plugin, work, outcome, late));
    thread.setName("plugin " + plugin);
    thread.setDaemon(true);
    thread.start();
    try {
      return outcome.done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      TimeoutException reason =
          new TimeoutException("not done within " + limit.toMillis() + " ms" + where(thread));
      if (!outcome.giveUp(reason, thread)) {
        return outcome.done.get();
      }
      throw reason;
    } catch (InterruptedException e) {
      if (!outcome.giveUp(e, thread)) {
        T result = outcome.done.get();
        Thread.currentThread().interrupt();
        return result;
      }
      throw e;
    }
  }

  private static <T> void work(
      String plugin, Callable<T> work, Outcome<T> outcome, Consumer<T> late) {
    try {
      T result = work.call();
      if (!outcome.complete(result)) {
        Thread.interrupted(); // meant for the work, which may have ignored it
        late.accept(result);
      }
    } catch (Exception | Error e) { // whoever waits gets it as it is
      if (!outcome.done.completeExceptionally(e)) {
        LOG.warn("plugin {}: after nobody waited any more: {}", plugin, e.toString());
      }
    }
  }

  /** What the work returns, or that nobody waits for it any more. */
  private static final class Outcome<T> {
    private final CompletableFuture<T> done = new CompletableFuture<>();

    /** Held while the work is interrupted, so that nothing after the work is. */
    private final ReentrantLock lock = new ReentrantLock();

    /** False if nobody waits for it. */
    boolean complete(T result) {
      lock.lock();
      try {
        return done.complete(result);
      } finally {
        lock.unlock();
      }
    }

    /** Interrupts the work; false if it is done. */
    boolean giveUp(Exception reason, Thread thread) {
      lock.lock();
      try {
        boolean open = done.completeExceptionally(reason);
        if (open) {
          thread.interrupt();
        }
        return open;
      } finally {
        lock.unlock();
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
