package io.mcpnode.server;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What came from a client, with transport rules (origin, media types, size) already checked.
 *
 * @param transport decides which rules about headers apply
 * @param sessionId the {@code Mcp-Session-Id} header; for WebSocket the session of the connection;
 *     null if none
 * @param headers of the request; of the upgrade for WebSocket
 * @param principal {@code anonymous}, or a digest of the credentials that came with the request
 */
public record ClientRequest(
    Transport transport,
    Buffer body,
    @Nullable String sessionId,
    MultiMap headers,
    String principal) {

  public enum Transport {
    HTTP,
    WEBSOCKET
  }
}
