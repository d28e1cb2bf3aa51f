package io.mcpnode.feature.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs tools that may block, each on a thread of its own: a virtual one where the JDK has them (21
 * and newer). Bounded; over the limit a call is refused at once.
 */
public final class BlockingCalls implements AutoCloseable {

  private static final int VIRTUAL_THREADS = 21;
  private static final int MAX_VIRTUAL = 10_000;
  private static final int MAX_PLATFORM = 256;
  private static final long IDLE_SECONDS = 30;

  private final ExecutorService executor;
  private final int limit;
  private final AtomicInteger running = new AtomicInteger();
  private final Counter refused;

  /** With a limit that suits the kind of threads. */
  public BlockingCalls(MeterRegistry meters) {
    this(hasVirtualThreads() ? MAX_VIRTUAL : MAX_PLATFORM, meters);
  }

  /**
   * @param limit calls that run at once
   */
  public BlockingCalls(int limit, MeterRegistry meters) {
    this.limit = limit;
    this.executor = hasVirtualThreads() ? virtualThreads() : platformThreads();
    this.refused =
        Counter.builder("mcp.tools.blocking.refused")
            .description("Calls of blocking tools refused because too many were running")
            .register(meters);
    Gauge.builder("mcp.tools.blocking.running", running, AtomicInteger::get)
        .description("Calls of blocking tools that run now")
        .register(meters);
  }

  private static boolean hasVirtualThreads() {
    return Runtime.version().feature() >= VIRTUAL_THREADS;
  }

  private static ExecutorService virtualThreads() {
    try {
      // Byte code is for Java 17, which does not know the method.
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("no virtual threads on " + Runtime.version(), impossible);
    }
  }

  /** Calls are counted, not threads: one whose call has just ended is not free for another yet. */
  private static ExecutorService platformThreads() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = Executors.defaultThreadFactory().newThread(task);
          thread.setName("mcp-tool-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Completes with what the work returns or throws, or with a refusal. The thread is interrupted
   * when the client gives up.
   *
   * @param loader of the plugin, for libraries that look up their parts
   * @param onCancel takes what interrupts the thread
   * @param refusal made of the reason
   */
  <T> Future<T> run(
      ClassLoader loader,
      Consumer<Runnable> onCancel,
      Callable<T> work,
      Function<String, Future<T>> refusal) {
    if (running.incrementAndGet() > limit) {
      running.decrementAndGet();
      return refuse(refusal);
    }
    Promise<T> promise = Promise.promise();
    Interruption interruption = new Interruption();
    try {
      executor.execute(() -> perform(loader, interruption, work, promise));
    } catch (RejectedExecutionException full) {
      running.decrementAndGet();
      return refuse(refusal);
    }
    onCancel.accept(interruption::interrupt);
    return promise.future();
  }

  private <T> void perform(
      ClassLoader loader, Interruption interruption, Callable<T> work, Promise<T> promise) {
    Thread.currentThread().setContextClassLoader(loader);
    interruption.begin();
    @Nullable T outcome = null;
    Throwable failure = null;
    try {
      outcome = work.call();
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      interruption.end();
      running.decrementAndGet();
    }
    if (failure == null) {
      promise.complete(outcome);
    } else {
      promise.fail(failure);
    }
  }

  private <T> Future<T> refuse(Function<String, Future<T>> refusal) {
    refused.increment();
    return refusal.apply(
        "this node runs too many calls (limit: " + limit + "); try again in a moment");
  }

  /** Interrupts what still runs; later calls are refused. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
