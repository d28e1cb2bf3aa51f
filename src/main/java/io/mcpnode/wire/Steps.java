package io.mcpnode.wire;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps of leaving: each has a limit, and one that fails or takes too long does not keep the next
 * ones. Blocks, and so must not run on an event loop: they are what is being closed, and a future
 * that completes on one of them may never be heard of.
 */
public final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private Steps() {}

  /** Returns when the step is done, or has failed, or its time is up. */
  public static void take(String name, Duration atMost, Supplier<Future<?>> step) {
    LOG.debug("Leaving: {}", name);
    try {
      step.get()
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Leaving: could not {} within {}", name, atMost);
    } catch (ExecutionException | RuntimeException e) {
      LOG.warn("Leaving: could not {}: {}", name, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.warn("Leaving: interrupted while trying to {}", name);
    }
  }
}
