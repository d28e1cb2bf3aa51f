package io.mcpnode.trace;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Tells other nodes about the traces of this one. */
final class TraceVerticle extends VerticleBase implements TraceProtocol.Handler<WireMessage> {

  private final Rpc rpc;
  private final TraceBuffer buffer;

  TraceVerticle(Rpc rpc, TraceBuffer buffer) {
    this.rpc = rpc;
    this.buffer = buffer;
  }

  @Override
  public Future<?> start() {
    return rpc.serve(
        TraceProtocol.V1,
        incoming -> {
          if (incoming.message() instanceof TraceProtocol.Request request) {
            incoming.reply(request.on(this));
          } else {
            incoming.fail(
                new WireException(Failure.INVALID, "not a request: " + incoming.message()));
          }
        });
  }

  @Override
  public TraceProtocol.Collected collect(TraceProtocol.Collect message) {
    return buffer.collect(message.traceId());
  }

  @Override
  public TraceProtocol.Heads recent(TraceProtocol.Recent message) {
    return new TraceProtocol.Heads(buffer.heads(Math.min(message.limit(), Traces.MAX_LIMIT)));
  }
}
