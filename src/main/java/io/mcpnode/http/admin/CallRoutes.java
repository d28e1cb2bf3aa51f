package io.mcpnode.http.admin;

import io.mcpnode.call.CallError;
import io.mcpnode.call.CallException;
import io.mcpnode.call.ClusterCalls;
import io.mcpnode.call.Invocation;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cluster/call}. The answer of one node is that of the request; those of several are listed
 * one by one. A client that goes away cancels its call.
 */
final class CallRoutes {

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final String ALL = "*";

  private final ClusterCalls calls;

  CallRoutes(ClusterCalls calls) {
    this.calls = calls;
  }

  void call(RoutingContext context) {
    JsonFields fields = JsonFields.of(context, "node", "service", "function", "args", "timeoutMs");
    List<String> nodes = fields.names("node");
    Invocation invocation = invocation(fields, traceparent(context));
    if (nodes.equals(List.of(ALL))) {
      each(context, calls.callAll(invocation));
    } else if (fields.isList("node")) {
      each(context, calls.callEach(nodes, invocation));
    } else {
      one(context, calls.call(nodes.get(0), invocation));
    }
  }

  private static Invocation invocation(JsonFields fields, @Nullable String traceparent) {
    int timeout =
        fields.integer(
            "timeoutMs",
            (int) Invocation.DEFAULT_TIMEOUT.toMillis(),
            1,
            (int) Invocation.MAX_TIMEOUT.toMillis());
    try {
      return new Invocation(
          fields.string("service"),
          fields.string("function"),
          fields.array("args"),
          Duration.ofMillis(timeout),
          traceparent);
    } catch (IllegalArgumentException wrong) {
      throw OperatorError.invalid(String.valueOf(wrong.getMessage()));
    }
  }

  private static @Nullable String traceparent(RoutingContext context) {
    String header = context.request().getHeader("traceparent");
    return header != null && TRACEPARENT.matcher(header).matches() ? header : null;
  }

  private static void one(RoutingContext context, ClusterCalls.Pending call) {
    whenGone(context, call::cancel);
    Responses.sendLater(
        context,
        call.result()
            .transform(
                done ->
                    Future.succeededFuture(
                        done.succeeded()
                            ? new Responses.Answer(200, value(done.result()))
                            : new Responses.Answer(status(done.cause()), error(done.cause())))));
  }

  private static void each(RoutingContext context, ClusterCalls.PendingEach call) {
    whenGone(context, call::cancel);
    Responses.sendLater(context, 200, call.outcomes(), CallRoutes::outcomes);
  }

  private static void whenGone(RoutingContext context, Runnable action) {
    context.addEndHandler(
        end -> {
          if (end.failed()) {
            action.run();
          }
        });
  }

  /** Total: a new error does not compile until it has a status. */
  static int status(CallError error) {
    return switch (error) {
      case NO_SUCH_NODE, NO_SUCH_FUNCTION -> 404;
      case REJECTED -> 409;
      case REMOTE_ERROR -> 502;
      case NODE_DOWN -> 503;
      case TIMEOUT -> 504;
    };
  }

  private static int status(Throwable problem) {
    return problem instanceof CallException call ? status(call.error()) : 500;
  }

  private static JsonObject value(@Nullable Object value) {
    return new JsonObject().put("ok", value);
  }

  private static JsonObject error(Throwable problem) {
    if (problem instanceof CallException call) {
      return new JsonObject()
          .put(
              "error",
              new JsonObject()
                  .put("code", call.error().code())
                  .put("message", call.getMessage())
                  .put("executed", call.executed().word()));
    }
    return OperatorError.of(problem).toJson();
  }

  private static JsonObject outcomes(List<ClusterCalls.Outcome> outcomes) {
    JsonArray nodes = new JsonArray();
    for (ClusterCalls.Outcome outcome : outcomes) {
      Throwable failure = outcome.failure();
      JsonObject answer = failure == null ? value(outcome.value()) : error(failure);
      nodes.add(new JsonObject().put("node", outcome.node()).mergeIn(answer));
    }
    return new JsonObject().put("nodes", nodes);
  }
}
