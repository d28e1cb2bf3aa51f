package io.mcpnode.affinity;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Executes what other nodes forward to the owner; one per event loop. */
final class ExecuteVerticle extends VerticleBase {

  private final Rpc rpc;
  private final AffinityRouter router;
  private final Spans spans;

  ExecuteVerticle(Rpc rpc, AffinityRouter router, Spans spans) {
    this.rpc = rpc;
    this.router = router;
    this.spans = spans;
  }

  @Override
  public Future<?> start() {
    return rpc.serve(
        ExecuteProtocol.V1,
        incoming -> {
          if (incoming.message() instanceof ExecuteProtocol.Execute execute) {
            RemoteReply.execute(router, spans, incoming, execute);
          } else {
            incoming.fail(
                new WireException(Failure.INVALID, "not a request: " + incoming.message()));
          }
        });
  }
}
