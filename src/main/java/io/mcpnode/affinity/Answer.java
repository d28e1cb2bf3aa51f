package io.mcpnode.affinity;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The end of an answer, in terms that every transport can render.
 *
 * @param status of HTTP; a stream that has begun, and a WebSocket, show only the body
 * @param body a JSON-RPC message; null for a bare status such as 202
 * @param node the name of the node that executed
 * @param sessionId set by the answer that opened a session, null else
 * @param retryAfterSeconds of a 503; 0: not said
 */
public record Answer(
    int status,
    @Nullable Buffer body,
    String node,
    @Nullable String sessionId,
    int retryAfterSeconds) {

  public static Answer ok(String node, Buffer body) {
    return new Answer(200, body, node, null, 0);
  }

  public static Answer accepted(String node) {
    return new Answer(202, null, node, null, 0);
  }
}
