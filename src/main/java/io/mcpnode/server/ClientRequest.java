package io.mcpnode.server;

import io.mcpnode.protocol.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came from a client, with transport rules (origin, media types, size) already checked.
 *
 * @param transport decides which rules about headers apply
 * @param sessionId the {@code Mcp-Session-Id} header; for WebSocket the session of the connection;
 *     null if none, as which an empty one counts
 * @param headers of the request; of the upgrade for WebSocket
 * @param principal {@code anonymous}, or a digest of the credentials that came with the request
 */
public record ClientRequest(
    Transport transport,
    Buffer body,
    @Nullable String sessionId,
    MultiMap headers,
    String principal) {

  public ClientRequest {
    sessionId = "".equals(sessionId) ? null : sessionId;
  }

  /** The headers as the protocol reads them; null on a transport whose messages have none. */
  @Nullable Headers protocolHeaders() {
    return transport == Transport.HTTP ? this::header : null;
  }

  /**
   * A header that is there several times has all its values (RFC 9110, 5.2), so that a proxy which
   * reads another one than this node can't be told something else.
   */
  private @Nullable String header(String name) {
    List<String> values = headers.getAll(name);
    if (values.size() <= 1) {
      return values.isEmpty() ? null : values.get(0);
    }
    return new HashSet<>(values).size() == 1 ? values.get(0) : String.join(", ", values);
  }

  public enum Transport {
    HTTP,
    WEBSOCKET
  }
}
