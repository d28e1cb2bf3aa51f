package io.mcpnode.http;

import io.mcpnode.server.McpService;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Upgrades at {@code {http.path}/ws}. One per event loop. */
final class WebSocketEndpoint {

  static final String PROTOCOL = "mcp";

  private static final Refusal NOT_AN_UPGRADE =
      Refusal.of(426, "only WebSocket is spoken here (expected: Upgrade: websocket, version 13)");
  private static final Refusal NO_PROTOCOL =
      Refusal.of(400, "Sec-WebSocket-Protocol must offer " + PROTOCOL);
  private static final Refusal NO_KEY =
      Refusal.of(400, "Sec-WebSocket-Key is not valid (expected: 16 bytes in base64)");
  private static final Refusal DRAINING =
      Refusal.of(503, "this node drains and takes no new WebSocket");

  private final Loop loop;
  private final McpService mcp;
  private final Principals principals;

  WebSocketEndpoint(Loop loop, Principals principals, McpService mcp) {
    this.loop = loop;
    this.principals = principals;
    this.mcp = mcp;
  }

  void handle(ClientConnection connection, HttpServerRequest request, @Nullable String origin) {
    Refusal refusal = refusal(request);
    if (refusal != null) {
      if (refusal.status() == 426) {
        request.response().putHeader(Headers.UPGRADE, HttpHeaders.WEBSOCKET);
        request.response().putHeader("Sec-WebSocket-Version", "13");
      }
      Refuser.refuse(loop, connection, request, refusal, origin);
      return;
    }
    String principal = principals.of(request.getHeader(Headers.AUTHORIZATION));
    String sessionId = session(request);
    loop.answers.node(request.response().headers(), loop.edge.self);
    request
        .toWebSocket()
        .onSuccess(
            socket ->
                new WebSocketConversation(
                        loop, connection, socket, request.headers(), principal, mcp, sessionId)
                    .begin())
        .onFailure(cause -> connection.close());
  }

  /** Of the header, else of the query; an empty one is none. */
  private static @Nullable String session(HttpServerRequest request) {
    String header = request.getHeader(Headers.MCP_SESSION_ID);
    String id = header == null || header.isEmpty() ? request.getParam("session") : header;
    return id == null || id.isEmpty() ? null : id;
  }

  private @Nullable Refusal refusal(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!request.method().equals(HttpMethod.GET)) {
      return Refusal.method(request.method().name(), "GET");
    }
    if (!"websocket".equalsIgnoreCase(headers.get(Headers.UPGRADE))
        || !lists(lower(headers.get(Headers.CONNECTION)), "upgrade")
        || !"13".equals(headers.get("Sec-WebSocket-Version"))) {
      return NOT_AN_UPGRADE;
    }
    String key = headers.get("Sec-WebSocket-Key");
    if (key == null || !key.matches("[A-Za-z0-9+/]{22}==")) {
      return NO_KEY;
    }
    if (!lists(String.join(",", headers.getAll(Headers.SEC_WEBSOCKET_PROTOCOL)), PROTOCOL)) {
      return NO_PROTOCOL;
    }
    return loop.edge.isClosing() ? DRAINING : null;
  }

  private static boolean lists(String header, String word) {
    for (String item : header.split(",", 32)) {
      if (item.strip().equals(word)) {
        return true;
      }
    }
    return false;
  }

  private static String lower(@Nullable String header) {
    return header == null ? "" : header.toLowerCase(Locale.ROOT);
  }
}
