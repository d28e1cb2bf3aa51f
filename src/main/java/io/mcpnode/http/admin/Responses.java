package io.mcpnode.http.admin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every operator's route answers. */
final class Responses {

  private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");

  private Responses() {}

  static void send(RoutingContext context, int status, JsonObject json) {
    send(context.response(), status, json);
  }

  /** For a path that no router understands. */
  static void badPath(HttpServerRequest request) {
    OperatorError error = OperatorError.invalid("the path is not valid (expected: /...)");
    send(request.response(), error.status(), error.toJson());
  }

  private static void send(HttpServerResponse response, int status, JsonObject json) {
    if (response.ended() || response.closed()) {
      return; // the operator has gone
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    end(response, json.toBuffer());
  }

  /** Also where the request was HEAD, whose answer tells how long the body would be. */
  static void end(HttpServerResponse response, Buffer body) {
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end(body);
  }

  /** Answers on the connection's event loop, whichever thread completes the result. */
  static <T> void sendLater(
      RoutingContext context, int status, Future<T> result, Function<T, JsonObject> rendering) {
    Context loop = context.vertx().getOrCreateContext();
    result
        .map(rendering)
        .onComplete(
            json -> loop.runOnContext(v -> send(context, status, json)),
            problem -> loop.runOnContext(v -> context.fail(problem)));
  }

  /** As above, for a result that knows its own status. */
  static void sendLater(RoutingContext context, Future<Answer> result) {
    Context loop = context.vertx().getOrCreateContext();
    result.onComplete(
        answer -> loop.runOnContext(v -> send(context, answer.status(), answer.json())),
        problem -> loop.runOnContext(v -> context.fail(problem)));
  }

  record Answer(int status, JsonObject json) {}

  /** The end of every route that failed, whatever failed it. */
  static void failure(RoutingContext context) {
    Throwable cause = context.failure();
    OperatorError error =
        cause == null
            ? of(context.statusCode(), context.request().path())
            : OperatorError.of(cause);
    if (error.status() == 500) {
      LOG.error("{} {} failed", context.request().method(), context.request().path(), cause);
    }
    if (error.status() == 503) {
      context.response().putHeader("Retry-After", "1");
    }
    boolean bodyMayNotCome =
        error.status() == 413 && context.request().headers().contains(HttpHeaders.EXPECT);
    if (bodyMayNotCome) {
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
    }
    send(context, error.status(), error.toJson());
    if (bodyMayNotCome) {
      context.request().connection().close();
    }
  }

  /** What the router itself refuses. */
  private static OperatorError of(int status, String path) {
    return switch (status) {
      case 400 -> new OperatorError(400, "invalid", "the request is not valid");
      case 404 ->
          new OperatorError(
              404,
              "not_found",
              path + ": no such path (see /health, /metrics, /cluster, /dashboard)");
      case 413 ->
          new OperatorError(
              413,
              "too_large",
              "the body is too large (expected: at most " + OperatorRoutes.MAX_BODY + " bytes)");
      default -> new OperatorError(status, "failed", "HTTP status " + status);
    };
  }
}
