package io.mcpnode;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;

/**
 * A start that is given up when the node is no longer wanted. Its steps are waited for on a thread
 * of its own, not composed: when one fails, what the earlier ones started is closed, the event
 * loops included, and a future that would complete on one of them is never heard of.
 */
@NullMarked
final class Starting {

  private final CompletableFuture<?> stop;

  /**
   * @param stop completes when the node is no longer wanted
   */
  Starting(CompletionStage<?> stop) {
    this.stop = stop.toCompletableFuture();
  }

  /**
   * Returns when the step is done.
   *
   * @throws StartException the start is given up
   * @throws CompletionException with the reason, if the step fails
   */
  <T> T await(Future<T> step) throws StartException {
    return await(step, Duration.ZERO);
  }

  /**
   * Does a step that blocks, perhaps for ever, and returns when it is done.
   *
   * @throws StartException the start is given up; the step is left to itself
   * @throws CompletionException with the reason, if the step fails
   */
  <T> T call(Supplier<T> step) throws StartException {
    return await(
        Future.fromCompletionStage(CompletableFuture.supplyAsync(step, Starting::onItsOwn)));
  }

  /** On a thread that does not keep the process from ending. */
  private static void onItsOwn(Runnable step) {
    Thread thread = Executors.defaultThreadFactory().newThread(step);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * @param patience how long it is waited for, so that it can be undone, after the start is given
   *     up
   */
  <T> T await(Future<T> step, Duration patience) throws StartException {
    CompletableFuture<T> done = step.toCompletionStage().toCompletableFuture();
    CompletableFuture<?> over =
        patience.isZero()
            ? stop
            : stop.thenRunAsync(
                () -> {},
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    CompletableFuture.anyOf(done, over).join();
    if (!done.isDone()) {
      throw new StartException(ExitCode.OK, "stopped before it served");
    }
    return done.join();
  }
}
