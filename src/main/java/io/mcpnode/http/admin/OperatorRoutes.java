package io.mcpnode.http.admin;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every path that operators have, in one table. */
public final class OperatorRoutes {

  static final int MAX_BODY = 64 * 1024;

  private static final String READING = "reading";
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(multipart/|application/x-www-form-urlencoded)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PATH = Pattern.compile("/([^%]|%[0-9a-fA-F]{2})*+");

  private final Router router;
  private final Access access;
  private final BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY);

  private OperatorRoutes(Vertx vertx, Operations operations) {
    this.router = Router.router(vertx);
    this.access = new Access(operations.token());
    HealthRoutes health = new HealthRoutes(operations.readiness(), operations.meters());
    ClusterRoutes cluster = new ClusterRoutes(operations.cluster());
    CallRoutes calls = new CallRoutes(operations.calls());
    SessionRoutes sessions = new SessionRoutes(operations.sessions(), operations.cluster());
    PartitionRoutes partition = new PartitionRoutes(operations.partitions(), operations.monitor());
    TraceRoutes traces = new TraceRoutes(operations.traces());
    MonitorRoutes monitor = new MonitorRoutes(operations.monitor());
    path("/health/live", RoutingContext::next).get(health::live).done();
    path("/health/ready", RoutingContext::next).get(health::ready).done();
    path("/metrics", access::scraper).get(health::metrics).done();
    path("/cluster/status").get(cluster::status).done();
    path("/cluster/connect").post(cluster::connect).done();
    path("/cluster/partition").get(partition::show).done();
    path("/cluster/partition/resolve").post(partition::resolve).done();
    path("/cluster/call").post(calls::call).done();
    path("/cluster/sessions").get(sessions::list, "cursor", "limit", "node").done();
    path("/cluster/sessions/:id").get(sessions::one).done();
    path("/cluster/sessions/:id/migrate").post(sessions::migrate).done();
    path("/cluster/sessions/:id/backup").post(sessions::backup).done();
    path("/cluster/sessions/:id/failover").post(sessions::failover).done();
    path("/cluster/rebalance").get(sessions::rebalancing).post(sessions::rebalance).done();
    path("/cluster/nodes/:node/health").get(monitor::health, "fresh").done();
    path("/cluster/metrics").get(monitor::metrics).done();
    path("/cluster/thresholds").get(monitor::thresholds).put(monitor::setThresholds).done();
    path("/cluster/events").stream(
            new EventRoute(vertx, operations.monitor(), operations.meters())::listen, "recent")
        .done();
    DashboardRoutes dashboard = new DashboardRoutes();
    path("/dashboard", access::page).get(dashboard::page).done();
    path("/dashboard/:file", access::page).get(dashboard::file).done();
    path("/cluster/nodes/:node/drain").post(sessions::drain).delete(sessions::undrain).done();
    path("/cluster/traces").get(traces::recent, "limit").done();
    path("/cluster/traces/:traceId").get(traces::one).done();
    router.route().handler(context -> context.fail(404)).failureHandler(Responses::failure);
  }

  /** A handler for one event loop, of requests whose Host and Origin were checked. */
  public static Handler<HttpServerRequest> create(Vertx vertx, Operations operations) {
    Router router = new OperatorRoutes(vertx, operations).router;
    return request -> {
      if (isPath(request.path())) {
        router.handle(request);
      } else {
        Responses.badPath(request);
      }
    };
  }

  /** Before they are read: a form is taken apart on its way in, and may be broken in many ways. */
  private static void refuseForms(RoutingContext context) {
    HttpServerRequest request = context.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean empty =
        length == null
            ? !request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
            : length.equals("0");
    if (type != null && !empty && FORM.matcher(type).lookingAt()) {
      throw JsonFields.mediaType(type);
    }
    context.put(READING, true);
    context.next();
  }

  /**
   * A body that breaks off, or is no HTTP, is no failure of ours: its client is gone, or is told by
   * whoever looks after the connection.
   */
  private static void failure(RoutingContext context) {
    boolean reading = Boolean.TRUE.equals(context.get(READING));
    if (!reading || context.failure() == null || context.failure() instanceof OperatorError) {
      Responses.failure(context);
    }
  }

  /** What the router can decode: it reports anything else as a bug. */
  private static boolean isPath(@Nullable String path) {
    return path != null && PATH.matcher(path).matches();
  }

  /** Of operators: what is misspelt in the query is named. */
  private Path path(String path) {
    return new Path(path, access::operator, true);
  }

  /** Of load balancers, collectors and browsers, whose queries mean nothing here. */
  private Path path(String path, Handler<RoutingContext> guard) {
    return new Path(path, guard, false);
  }

  /** One path and its methods; any other method is told which there are. */
  private final class Path {

    private final String path;
    private final Handler<RoutingContext> guard;
    private final boolean strict;
    private final Map<HttpMethod, Handler<RoutingContext>> methods = new LinkedHashMap<>();
    private final Map<HttpMethod, List<String>> parameters = new HashMap<>();

    Path(String path, Handler<RoutingContext> guard, boolean strict) {
      this.path = path;
      this.guard = guard;
      this.strict = strict;
    }

    /**
     * HEAD is answered as GET, without the body.
     *
     * @param known the parameters there may be
     */
    Path get(Handler<RoutingContext> handler, String... known) {
      stream(handler, known);
      methods.put(HttpMethod.HEAD, handler);
      parameters.put(HttpMethod.HEAD, List.of(known));
      return this;
    }

    /** A GET whose answer has no end, so that there is nothing to be had without its body. */
    Path stream(Handler<RoutingContext> handler, String... known) {
      methods.put(HttpMethod.GET, handler);
      parameters.put(HttpMethod.GET, List.of(known));
      return this;
    }

    Path post(Handler<RoutingContext> handler) {
      methods.put(HttpMethod.POST, handler);
      return this;
    }

    Path put(Handler<RoutingContext> handler) {
      methods.put(HttpMethod.PUT, handler);
      return this;
    }

    Path delete(Handler<RoutingContext> handler) {
      methods.put(HttpMethod.DELETE, handler);
      return this;
    }

    void done() {
      String allowed = String.join(", ", methods.keySet().stream().map(HttpMethod::name).toList());
      router
          .route(path)
          .handler(guard)
          .handler(OperatorRoutes::refuseForms)
          .failureHandler(OperatorRoutes::failure);
      methods.forEach(
          (method, handler) ->
              router
                  .route(method, path)
                  .handler(body)
                  .handler(context -> checkQuery(context, method))
                  .handler(handler)
                  .failureHandler(OperatorRoutes::failure));
      router
          .route(path)
          .handler(context -> refuseMethod(context, allowed))
          .failureHandler(OperatorRoutes::failure);
    }

    private void checkQuery(RoutingContext context, HttpMethod method) {
      context.put(READING, false);
      if (strict) {
        StrictQuery.check(context, parameters.getOrDefault(method, List.of()));
      }
      context.next();
    }

    private void refuseMethod(RoutingContext context, String allowed) {
      context.response().putHeader(HttpHeaders.ALLOW, allowed);
      throw new OperatorError(
          405,
          "method_not_allowed",
          context.request().method() + " " + path + " (allowed: " + allowed + ")");
    }
  }
}
