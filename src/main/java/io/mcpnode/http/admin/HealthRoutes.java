package io.mcpnode.http.admin;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** What supervisors, load balancers and scrapers ask. */
final class HealthRoutes {

  private final Supplier<Readiness> readiness;
  private final PrometheusMeterRegistry meters;

  HealthRoutes(Supplier<Readiness> readiness, PrometheusMeterRegistry meters) {
    this.readiness = readiness;
    this.meters = meters;
  }

  /** An event loop that answers is alive. */
  void live(RoutingContext context) {
    Responses.send(context, 200, new JsonObject().put("status", "live"));
  }

  void ready(RoutingContext context) {
    Readiness now = readiness.get();
    if (!now.isReady()) {
      context.response().putHeader("Retry-After", "1");
    }
    Responses.send(context, now.isReady() ? 200 : 503, Rendering.readiness(now));
  }

  void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
    Responses.end(context.response(), Buffer.buffer(meters.scrape()));
  }
}
