package io.mcpnode.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered before anybody looks at the message in it: an HTTP status with a
 * JSON-RPC error that has no id, because none was read.
 *
 * @param allow the methods that the path has, for 405; null else
 */
record Refusal(int status, Buffer body, @Nullable String allow) {

  /** Not a code of MCP: what clients know for errors of the transport. */
  private static final int TRANSPORT_ERROR = -32000;

  static final String MCP_METHODS = "GET, POST, DELETE";

  static final Refusal ORIGIN =
      of(403, "Origin is not allowed (expected: none, a loopback origin, or http.allowedOrigins)");
  static final Refusal HOST =
      of(403, "Host is not allowed (expected: localhost, 127.0.0.1, [::1] or http.allowedOrigins)");
  static final Refusal NO_HOST = of(400, "Host is missing or given twice (expected: exactly one)");
  static final Refusal CONTENT_TYPE =
      of(415, "Content-Type is not supported (expected: application/json, in UTF-8)");
  static final Refusal CONTENT_ENCODING =
      of(415, "Content-Encoding is not supported (expected: none)");
  static final Refusal ACCEPT =
      of(406, "Accept must allow both application/json and text/event-stream");
  static final Refusal EXPECT = of(417, "Expect is not supported (expected: 100-continue)");
  static final Refusal ACCEPT_EVENTS = of(406, "Accept must allow text/event-stream for GET");
  static final Refusal LATE = of(408, "the body did not arrive in time");
  static final Refusal BROKEN = of(400, "the body is not valid HTTP");
  static final Refusal MEMORY =
      of(503, "too many large bodies are being received at once, try again later");

  static Refusal of(int status, String message) {
    return new Refusal(status, body(message), null);
  }

  static Refusal method(String method, String allow) {
    return new Refusal(
        405, body(method + ": not a method of this path (allowed: " + allow + ")"), allow);
  }

  static Refusal tooLarge(int maxBytes) {
    return of(413, "the body is too large (expected: at most " + maxBytes + " bytes)");
  }

  /** The same for operators, whose errors have a word instead of a number. */
  Refusal forOperators() {
    String message = body.toJsonObject().getJsonObject("error").getString("message");
    JsonObject error = new JsonObject().put("code", word(status)).put("message", message);
    return new Refusal(status, new JsonObject().put("error", error).toBuffer(), allow);
  }

  private static String word(int status) {
    return switch (status) {
      case 403 -> "forbidden";
      case 408 -> "timeout";
      default -> "invalid";
    };
  }

  static Buffer body(String message) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("error", new JsonObject().put("code", TRANSPORT_ERROR).put("message", message))
        .toBuffer();
  }
}
