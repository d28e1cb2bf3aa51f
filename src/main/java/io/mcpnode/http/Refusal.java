package io.mcpnode.http;

import io.mcpnode.protocol.Revision;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered before anybody looks at the message in it: an HTTP status with a
 * JSON-RPC error that has no id, because none was read.
 *
 * @param body for clients of sessions, and for those who don't say
 * @param modern for clients of 2026-07-28
 * @param allow the methods that the path has, for 405; null else
 */
record Refusal(int status, String message, Buffer body, Buffer modern, @Nullable String allow) {

  /** Not a code of MCP: what clients of sessions know for errors of the transport. */
  private static final int TRANSPORT_ERROR = -32000;

  /** 2026-07-28 wants nobody to use codes of that kind any more. */
  private static final int INVALID_REQUEST = -32600;

  private static final int INTERNAL_ERROR = -32603;

  static final String MCP_METHODS = "GET, POST, DELETE";

  static final Refusal ORIGIN =
      of(403, "Origin is not allowed (expected: none, a loopback origin, or http.allowedOrigins)");
  static final Refusal ORIGINS = of(403, "Origin has several values (expected: one)");
  static final Refusal SESSIONS = of(400, "Mcp-Session-Id has several values (expected: one)");
  static final Refusal CREDENTIALS = of(400, "Authorization has several values (expected: one)");
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
    return of(status, message, null);
  }

  private static Refusal of(int status, String message, @Nullable String allow) {
    int code = status < 500 ? INVALID_REQUEST : INTERNAL_ERROR;
    return new Refusal(status, message, body(TRANSPORT_ERROR, message), body(code, message), allow);
  }

  static Refusal method(String method, String allow) {
    return of(405, method + ": not a method of this path (allowed: " + allow + ")", allow);
  }

  static Refusal tooLarge(int maxBytes) {
    return of(413, "the body is too large (expected: at most " + maxBytes + " bytes)");
  }

  /** The same for operators, whose errors have a word instead of a number. */
  Refusal forOperators() {
    JsonObject error = new JsonObject().put("code", word(status)).put("message", message);
    Buffer plain = new JsonObject().put("error", error).toBuffer();
    return new Refusal(status, message, plain, plain, allow);
  }

  private static String word(int status) {
    return switch (status) {
      case 403 -> "forbidden";
      case 408 -> "timeout";
      default -> "invalid";
    };
  }

  /**
   * The body for a client.
   *
   * @param revision that it says it speaks; null if it does not say
   */
  Buffer body(@Nullable String revision) {
    return isModern(revision) ? modern : body;
  }

  /** 2026-07-28 has neither sessions nor streams of news, so nothing but POST. */
  static boolean isModern(@Nullable String revision) {
    Revision known = Revision.of(revision);
    return known != null && known.modern();
  }

  private static Buffer body(int code, String message) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("error", new JsonObject().put("code", code).put("message", message))
        .toBuffer();
  }
}
