package io.mcpnode.feature.demo;

import io.mcpnode.api.ToolContext;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One sleep: ten steps, progress after each, no thread while it waits. */
final class Sleep {

  private static final int STEPS = 10;

  private final ScheduledExecutorService timer;
  private final int millis;
  private final int steps;
  private final ToolContext context;
  private final CompletableFuture<String> done = new CompletableFuture<>();
  private int step;

  Sleep(ScheduledExecutorService timer, int millis, ToolContext context) {
    this.timer = timer;
    this.millis = millis;
    this.steps = Math.min(STEPS, Math.max(1, millis));
    this.context = context;
  }

  CompletionStage<String> start() {
    long period = TimeUnit.MILLISECONDS.toNanos(millis) / steps;
    Future<?> ticking =
        timer.scheduleAtFixedRate(this::tick, period, Math.max(1, period), TimeUnit.NANOSECONDS);
    done.whenComplete((slept, failed) -> ticking.cancel(false));
    context.onCancel(() -> done.completeExceptionally(new CancellationException("cancelled")));
    return done;
  }

  private void tick() {
    if (done.isDone()) {
      // Cancelled, or the last step was taken before the timer could be stopped.
      return;
    }
    try {
      step++;
      double slept = step == steps ? millis : (double) millis * step / steps;
      context.progress(slept, millis, step + " of " + steps);
      if (step == steps) {
        done.complete("slept " + millis + " ms");
      }
    } catch (RuntimeException failed) {
      done.completeExceptionally(failed);
    }
  }
}
