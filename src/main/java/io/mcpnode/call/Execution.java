package io.mcpnode.call;

import io.mcpnode.wire.Clock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One operation that runs here, until its caller has an answer. Any thread. */
final class Execution implements Operation.Running {

  private final String caller;
  private final @Nullable String traceparent;
  private final Clock clock;
  private final long deadline;
  private final Promise<Buffer> result = Promise.promise();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> onCancel = new ArrayList<>(1);
  private volatile boolean cancelled;

  Execution(String caller, @Nullable String traceparent, Clock clock, long deadline) {
    this.caller = caller;
    this.traceparent = traceparent;
    this.clock = clock;
    this.deadline = deadline;
  }

  /** Already over. */
  static Execution failed(CallException reason) {
    Execution execution = new Execution("", null, Clock.SYSTEM, 0);
    execution.fail(reason);
    return execution;
  }

  /** Completes with JSON, or fails with a {@link CallException}. */
  Future<Buffer> result() {
    return result.future();
  }

  void succeed(Buffer value) {
    result.tryComplete(value);
  }

  void fail(CallException reason) {
    result.tryFail(reason);
  }

  /** Nobody waits any more; the operation finds out, and ends when it likes. */
  void cancel() {
    takeActions().forEach(Runnable::run);
  }

  /** Its time is up: the caller is told so first, and not what the operation makes of its end. */
  void expire(CallException reason) {
    List<Runnable> actions = takeActions();
    result.tryFail(reason);
    actions.forEach(Runnable::run);
  }

  /** What to do when nobody waits any more; nothing the second time, or if there is a result. */
  private List<Runnable> takeActions() {
    lock.lock();
    try {
      if (cancelled || result.future().isComplete()) {
        return List.of();
      }
      cancelled = true;
      List<Runnable> actions = List.copyOf(onCancel);
      onCancel.clear();
      return actions;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String caller() {
    return caller;
  }

  @Override
  public @Nullable String traceparent() {
    return traceparent;
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - clock.nanos()));
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    lock.lock();
    try {
      if (!cancelled) {
        onCancel.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }
}
