package io.mcpnode.membership;

import com.hazelcast.core.IndeterminateOperationStateException;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write that may be made more than once. It is made again when it takes long, and when its
 * outcome is not clear; the first success counts, and any other failure.
 */
final class RetriedWrite {

  private static final Logger LOG = LoggerFactory.getLogger(RetriedWrite.class);
  static final int MAX_TRIES = 5;
  static final long LONG_MILLIS = 1_000;

  private final Vertx vertx;
  private final Consumer<Completable<Void>> write;
  private final Completable<Void> done;
  private final AtomicBoolean isDone = new AtomicBoolean();
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /**
   * @param write makes it once, and completes what it is given
   */
  RetriedWrite(Vertx vertx, Consumer<Completable<Void>> write, Completable<Void> done) {
    this.vertx = vertx;
    this.write = write;
    this.done = done;
  }

  void submit() {
    if (isDone.get() || tries.incrementAndGet() > MAX_TRIES) {
      return;
    }
    write.accept(this::written);
    if (!isDone.get()) {
      vertx.setTimer(LONG_MILLIS, timer -> submit());
    }
  }

  private void written(@Nullable Void nothing, @Nullable Throwable problem) {
    if (problem instanceof IndeterminateOperationStateException
        && failed.incrementAndGet() < MAX_TRIES) {
      LOG.debug("Will be written again", problem);
    } else if (isDone.compareAndSet(false, true)) {
      done.complete(null, problem);
    }
  }
}
