package io.mcpnode.http;

import io.vertx.core.http.HttpHeaders;

/** Header names and values that are encoded once. */
final class Headers {

  static final CharSequence MCP_SESSION_ID = HttpHeaders.createOptimized("Mcp-Session-Id");
  static final CharSequence MCP_PROTOCOL_VERSION =
      HttpHeaders.createOptimized("MCP-Protocol-Version");
  static final CharSequence MCP_NODE = HttpHeaders.createOptimized("Mcp-Node");
  static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
  static final CharSequence CACHE_CONTROL = HttpHeaders.CACHE_CONTROL;
  static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  static final CharSequence X_ACCEL_BUFFERING = HttpHeaders.createOptimized("X-Accel-Buffering");
  static final CharSequence NO = HttpHeaders.createOptimized("no");
  static final CharSequence CONTENT_TYPE = HttpHeaders.CONTENT_TYPE;
  static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  static final CharSequence EVENT_STREAM = HttpHeaders.createOptimized("text/event-stream");
  static final CharSequence CONNECTION = HttpHeaders.CONNECTION;
  static final CharSequence CLOSE = HttpHeaders.createOptimized("close");
  static final CharSequence ORIGIN = HttpHeaders.ORIGIN;
  static final CharSequence HOST = HttpHeaders.HOST;
  static final CharSequence ACCEPT = HttpHeaders.ACCEPT;
  static final CharSequence AUTHORIZATION = HttpHeaders.AUTHORIZATION;
  static final CharSequence CONTENT_ENCODING = HttpHeaders.CONTENT_ENCODING;
  static final CharSequence CONTENT_LENGTH = HttpHeaders.CONTENT_LENGTH;
  static final CharSequence EXPECT = HttpHeaders.EXPECT;
  static final CharSequence UPGRADE = HttpHeaders.UPGRADE;
  static final CharSequence SEC_WEBSOCKET_PROTOCOL =
      HttpHeaders.createOptimized("Sec-WebSocket-Protocol");

  private Headers() {}
}
