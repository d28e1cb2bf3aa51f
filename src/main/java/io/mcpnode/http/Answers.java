package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** The headers that answers have in common. Owned by one event loop. */
final class Answers {

  private final Edge edge;
  private final Verdicts<CharSequence> nodes = new Verdicts<>(HttpHeaders::createOptimized);

  Answers(Edge edge) {
    this.edge = edge;
  }

  /** Status and headers of an answer, apart from its media type. */
  void head(
      ClientConnection connection,
      HttpServerResponse response,
      Answer answer,
      @Nullable String origin) {
    MultiMap headers = response.headers();
    if (answer.status() != 200) {
      response.setStatusCode(answer.status());
      if (answer.status() == 405) { // a client of 2026-07-28, which has nothing else
        headers.add(Headers.ALLOW, "POST");
      }
      if (answer.retryAfterSeconds() > 0) {
        headers.add(Headers.RETRY_AFTER, Integer.toString(answer.retryAfterSeconds()));
      }
    }
    String sessionId = answer.sessionId();
    if (sessionId != null) {
      headers.add(Headers.MCP_SESSION_ID, sessionId);
    }
    common(connection, headers, answer.node(), origin);
  }

  /**
   * @param node that executes, or refuses; null if not known
   * @param origin that was found to be allowed, null if there was none
   */
  void common(
      ClientConnection connection,
      MultiMap headers,
      @Nullable String node,
      @Nullable String origin) {
    node(headers, node);
    if (origin != null) {
      Cors.expose(headers, origin);
    }
    if (edge.isClosing()) { // the client's next connection shall go elsewhere
      headers.set(Headers.CONNECTION, Headers.CLOSE);
      connection.toldToClose();
    }
  }

  /** The header that tells who executes, or refuses; none where that is not to be told. */
  void node(MultiMap headers, @Nullable String node) {
    if (edge.exposeName && node != null && !node.isEmpty()) {
      headers.add(Headers.MCP_NODE, nodes.of(node));
    }
  }
}
