package io.mcpnode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Tells whether a lock is held that it should not be. */
public final class AnotherThread {

  private AnotherThread() {}

  /** Whether another thread can do this while the calling one is where it is. */
  public static boolean can(Runnable action) {
    return CompletableFuture.supplyAsync(
            () -> {
              action.run();
              return true;
            })
        .completeOnTimeout(false, 10, TimeUnit.SECONDS)
        .join();
  }
}
