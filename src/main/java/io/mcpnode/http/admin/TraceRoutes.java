package io.mcpnode.http.admin;

import io.mcpnode.trace.Traces;
import io.vertx.ext.web.RoutingContext;

/** {@code /cluster/traces}: reads the request, asks {@link Traces}, renders. */
final class TraceRoutes {

  private static final int DEFAULT_LIMIT = 50;

  private final Traces traces;

  TraceRoutes(Traces traces) {
    this.traces = traces;
  }

  void recent(RoutingContext context) {
    int limit = new StrictQuery(context).number("limit", DEFAULT_LIMIT, 1, Traces.MAX_LIMIT);
    Responses.sendLater(context, 200, traces.recent(limit), TraceRendering::recent);
  }

  void one(RoutingContext context) {
    Responses.sendLater(
        context, 200, traces.correlate(context.pathParam("traceId")), TraceRendering::trace);
  }
}
