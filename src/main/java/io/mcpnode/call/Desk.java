package io.mcpnode.call;

import io.mcpnode.wire.Clock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes operations on this node, a bounded number at once, each until its deadline. */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  private final Vertx vertx;
  private final OperationRegistry operations;
  private final Clock clock;
  private final CallMeters meters;
  private final int limit;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param limit operations that run at once; one that ignores its end still counts
   */
  Desk(Vertx vertx, OperationRegistry operations, Clock clock, CallMeters meters, int limit) {
    this.vertx = vertx;
    this.operations = operations;
    this.clock = clock;
    this.meters = meters;
    this.limit = limit;
    meters.running(running::get);
  }

  /** Begins; whatever is wrong is the result. */
  Execution start(String caller, CallProtocol.Invoke invoke, Duration remaining) {
    Operation operation = operations.find(invoke.service(), invoke.function());
    if (operation == null) {
      return refuse(
          CallError.NO_SUCH_FUNCTION,
          "function: "
              + invoke.service()
              + "/"
              + invoke.function()
              + " (expected: one of "
              + operations.names()
              + ")");
    }
    JsonArray args;
    try {
      args = CallJson.decodeArgs(invoke.args());
    } catch (IllegalArgumentException e) {
      return refuse(CallError.REJECTED, String.valueOf(e.getMessage()));
    }
    if (running.incrementAndGet() > limit) {
      running.decrementAndGet();
      meters.refused();
      return refuse(
          CallError.REJECTED, "operations running on this node: " + limit + " (the limit)");
    }
    Execution execution =
        new Execution(caller, invoke.traceparent(), clock, clock.nanos() + remaining.toNanos());
    long timer = vertx.setTimer(Math.max(1, remaining.toMillis()), id -> expire(execution));
    run(operation, args, execution)
        .onComplete(
            done -> {
              running.decrementAndGet();
              vertx.cancelTimer(timer);
              answer(invoke, execution, done);
            });
    return execution;
  }

  private static Execution refuse(CallError error, String why) {
    return Execution.failed(CallException.notExecuted(error, why));
  }

  private static void expire(Execution execution) {
    execution.expire(
        new CallException(
            CallError.TIMEOUT, CallException.Executed.UNKNOWN, "not done within its time"));
  }

  private static Future<? extends @Nullable Object> run(
      Operation operation, JsonArray args, Execution execution) {
    try {
      return operation.call(args, execution);
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static void answer(
      CallProtocol.Invoke invoke,
      Execution execution,
      AsyncResult<? extends @Nullable Object> done) {
    if (done.failed()) {
      LOG.debug("{}/{} failed", invoke.service(), invoke.function(), done.cause());
      execution.fail(CallException.ofOperation(done.cause()));
      return;
    }
    try {
      execution.succeed(CallJson.encode("value", done.result()));
    } catch (IllegalArgumentException notJson) {
      LOG.warn("{}/{}: {}", invoke.service(), invoke.function(), notJson.getMessage());
      execution.fail(CallException.ofOperation(notJson));
    }
  }
}
