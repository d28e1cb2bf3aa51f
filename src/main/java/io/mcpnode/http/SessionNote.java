package io.mcpnode.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * Tells a client on a WebSocket, whose answers have no headers, the id of the session that its
 * {@code initialize} opened.
 */
final class SessionNote {

  /** In {@code _meta} of the result; the prefix is this product's. */
  static final String KEY = "io.mcpnode/sessionId";

  private SessionNote() {}

  /**
   * The answer with the id in it; what else is in {@code _meta} stays.
   *
   * @param answer a JSON-RPC response with a result
   */
  static Buffer in(Buffer answer, String sessionId) {
    JsonObject message = new JsonObject(answer);
    JsonObject result = message.getJsonObject("result");
    JsonObject meta = result.getJsonObject("_meta", new JsonObject());
    result.put("_meta", meta.put(KEY, sessionId));
    return message.toBuffer();
  }
}
