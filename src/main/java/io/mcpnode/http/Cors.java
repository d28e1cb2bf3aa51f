package io.mcpnode.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Lets pages of allowed origins read answers and send MCP's headers (the Fetch standard). */
final class Cors {

  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized("Mcp-Session-Id, Mcp-Node, Retry-After");
  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "accept",
          "authorization",
          "content-type",
          "last-event-id",
          "mcp-method",
          "mcp-name",
          "mcp-protocol-version",
          "mcp-session-id",
          "traceparent",
          "tracestate",
          "baggage");

  private Cors() {}

  static void expose(MultiMap headers, String origin) {
    headers.add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
  }

  /** Answers OPTIONS, a preflight or not, from an origin that was found to be allowed. */
  static void options(
      Loop loop, ClientConnection connection, HttpServerRequest request, @Nullable String origin) {
    HttpServerResponse response = request.response().setStatusCode(204);
    MultiMap headers = response.headers();
    headers.add(Headers.ALLOW, Refusal.MCP_METHODS + ", OPTIONS");
    loop.answers.common(connection, headers, loop.edge.self, origin);
    if (origin != null) {
      headers.add(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "POST, GET, DELETE, OPTIONS");
      headers.add(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
      String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
      String granted = granted(asked == null ? "" : asked);
      if (!granted.isEmpty()) {
        headers.add(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, granted);
      }
    }
    response.end();
  }

  private static String granted(String asked) {
    StringJoiner granted = new StringJoiner(", ");
    for (String name : asked.toLowerCase(Locale.ROOT).split(",", 64)) {
      String header = name.strip();
      if (REQUEST_HEADERS.contains(header)
          || header.matches("mcp-param-[-!#$%&'*+.^_`|~a-z0-9]+")) {
        granted.add(header);
      }
    }
    return granted.toString();
  }
}
