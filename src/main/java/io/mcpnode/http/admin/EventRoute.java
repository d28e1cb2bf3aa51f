package io.mcpnode.http.admin;

import io.mcpnode.monitor.ClusterMonitor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** {@code /cluster/events}: what happens in the whole cluster, as server-sent events. */
final class EventRoute {

  private static final int MAX_RECENT = 1_000;
  private static final int MAX_ID = 200;

  private final Vertx vertx;
  private final ClusterMonitor monitor;
  private final Counter dropped;

  EventRoute(Vertx vertx, ClusterMonitor monitor, MeterRegistry meters) {
    this.vertx = vertx;
    this.monitor = monitor;
    this.dropped = meters.counter("mcp.refused", "limit", "slow reader of events");
  }

  void listen(RoutingContext context) {
    int recent = new StrictQuery(context).number("recent", 0, 0, MAX_RECENT);
    @Nullable String after = context.request().getHeader("Last-Event-ID");
    if (after != null && (after.isEmpty() || after.length() > MAX_ID)) {
      throw OperatorError.invalid(
          "Last-Event-ID: "
              + after.length()
              + " characters (expected: an id of this route, at most "
              + MAX_ID
              + ")");
    }
    Context loop = vertx.getOrCreateContext();
    HttpServerResponse response = context.response();
    EventClient client = new EventClient(vertx, loop, response, dropped);
    monitor
        .listen(after, recent, client)
        .onComplete(
            subscription -> loop.runOnContext(v -> client.begin(subscription)),
            problem -> loop.runOnContext(v -> context.fail(problem)));
  }

  /** The headers of a stream; the first comment sends them. */
  static void head(HttpServerResponse response) {
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Accel-Buffering", "no");
  }
}
