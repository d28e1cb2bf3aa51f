package io.mcpnode.trace;

import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.vertx.core.Future;
import java.time.Duration;

/** Asks nodes about their traces. */
record TraceClient(Rpc rpc) {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  Future<TraceProtocol.Collected> collect(NodeId node, String traceId) {
    return rpc.ask(node, TraceProtocol.V1, new TraceProtocol.Collect(traceId), TIMEOUT)
        .map(TraceProtocol.Collected.class::cast);
  }

  Future<TraceProtocol.Heads> recent(NodeId node, int limit) {
    return rpc.ask(node, TraceProtocol.V1, new TraceProtocol.Recent(limit), TIMEOUT)
        .map(TraceProtocol.Heads.class::cast);
  }
}
