package io.mcpnode.http;

import io.mcpnode.trace.Traces;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.List;

/** Two traces, of which one is known, in a cluster with a node that does not answer. */
public final class FakeTraces implements Traces {

  public static final String KNOWN = "0af7651916cd43dd8448eb211c80319c";

  @Override
  public Future<Recent> recent(int limit) {
    return Future.succeededFuture(
        new Recent(
            List.of(
                new Overview(
                    KNOWN, "tools/call echo", 1_500_000_000, 2_500_000, List.of("n1"), 3, false),
                new Overview("1".repeat(32), null, 0, 0, List.of("n2"), 1, true)),
            List.of("n3")));
  }

  @Override
  public Future<Trace> correlate(String traceId) {
    return Future.failedFuture(new WireException(Failure.NOT_FOUND, "trace " + traceId));
  }
}
