package io.mcpnode.call;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The caller's side of a call: the answer, or the end by the caller, whichever is first. */
final class OpenCall implements ClusterCalls.Pending {

  private final Promise<@Nullable Object> result = Promise.promise();
  private final Runnable tellCancelled;

  OpenCall(Future<Buffer> answer, Runnable tellCancelled) {
    this.tellCancelled = tellCancelled;
    answer.onComplete(
        value -> result.tryComplete(CallJson.decode(value)), problem -> result.tryFail(problem));
  }

  @Override
  public Future<@Nullable Object> result() {
    return result.future();
  }

  @Override
  public void cancel() {
    if (result.tryFail(new CancellationException("cancelled by the caller"))) {
      tellCancelled.run();
    }
  }

  /** One word for how it ended. */
  static String outcome(AsyncResult<?> done) {
    if (done.succeeded()) {
      return "ok";
    }
    return done.cause() instanceof CallException failed ? failed.error().code() : "cancelled";
  }
}
