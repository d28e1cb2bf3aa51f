package io.mcpnode.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that happens in another process, which can only be asked again and again. */
public final class Await {

  private static final long BETWEEN_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @throws IllegalStateException if it doesn't within the limit
   */
  public static void until(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }
}
