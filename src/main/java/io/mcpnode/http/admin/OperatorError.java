package io.mcpnode.http.admin;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** A refusal of an operator's request: an HTTP status, a word for programs, a line for people. */
final class OperatorError extends RuntimeException {

  private final int status;
  private final String code;

  OperatorError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static OperatorError invalid(String message) {
    return new OperatorError(400, "invalid", message);
  }

  /** Any failure of a service. What is not a {@link WireException} is our bug. */
  static OperatorError of(Throwable cause) {
    if (cause instanceof OperatorError error) {
      return error;
    }
    if (cause instanceof WireException wire) {
      return new OperatorError(
          status(wire.failure()),
          wire.failure().name().toLowerCase(Locale.ROOT),
          String.valueOf(wire.getMessage()));
    }
    return new OperatorError(500, "internal", "internal error, see the log of this node");
  }

  /** Total: a new failure does not compile until it has a status. */
  static int status(Failure failure) {
    return switch (failure) {
      case INVALID -> 400;
      case NOT_FOUND -> 404;
      case STALE_EPOCH -> 409;
      case NOT_OWNER, NO_QUORUM, DRAINING, OVERLOADED, NODE_DOWN -> 503;
      case INDETERMINATE, LATE -> 504;
      case INTERNAL -> 500;
    };
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("error", new JsonObject().put("code", code).put("message", getMessage()));
  }
}
