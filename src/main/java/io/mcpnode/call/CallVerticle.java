package io.mcpnode.call;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/** Serves the calls of other nodes. */
final class CallVerticle extends VerticleBase {

  private final Rpc rpc;
  private final Desk desk;
  private Rpc.@Nullable Registration registration;

  CallVerticle(Rpc rpc, Desk desk) {
    this.rpc = rpc;
    this.desk = desk;
  }

  @Override
  public Future<?> start() {
    return rpc.serve(CallProtocol.V1, this::arrived).onSuccess(served -> registration = served);
  }

  @Override
  public Future<?> stop() {
    return registration == null ? Future.succeededFuture() : registration.close();
  }

  private void arrived(Rpc.Incoming incoming) {
    if (!(incoming.message() instanceof CallProtocol.Invoke invoke)) {
      incoming.fail(new WireException(Failure.INVALID, "not a call: " + incoming.message()));
      return;
    }
    Execution execution = desk.start(incoming.from().name(), invoke, incoming.remaining());
    incoming.onMessage(
        message -> {
          if (message instanceof CallProtocol.Cancel) {
            execution.cancel();
          }
        });
    incoming.onAskerGone(execution::cancel);
    execution
        .result()
        .onComplete(
            value -> incoming.reply(new CallProtocol.Returned(value)),
            problem -> incoming.reply(failed((CallException) problem)));
  }

  private static CallProtocol.Failed failed(CallException reason) {
    return new CallProtocol.Failed(
        reason.error(), reason.executed(), String.valueOf(reason.getMessage()));
  }
}
