package io.mcpnode.server;

import io.mcpnode.protocol.Headers;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Params;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.TraceContext;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Begins the span of a request at the node that its client reached. */
final class EdgeSpans {

  private static final CharSequence HEADER = HttpHeaders.createOptimized(TraceContext.HEADER);

  private final Spans spans;

  EdgeSpans(Spans spans) {
    this.spans = spans;
  }

  /** The reply that ends the span; the client's own where there is no trace. */
  ClientReply begin(ClientRequest request, Message message, ClientReply client) {
    if (!spans.isOn()) {
      return client;
    }
    Span span = spans.edge(traceparent(request, message));
    if (span == Span.NONE) {
      return client;
    }
    if (span.isRecorded()) {
      CallSpans.describe(span, message, request.sessionId());
      describe(span, request);
    }
    return new TracedClientReply(client, span);
  }

  /** As {@link #begin}, for the end of a session. */
  ClientReply beginEnd(ClientRequest request, ClientReply client) {
    if (!spans.isOn()) {
      return client;
    }
    Span span = spans.edge(inHeader(request));
    if (span == Span.NONE) {
      return client;
    }
    if (span.isRecorded()) {
      CallSpans.describeEnd(span, request.sessionId());
      describe(span, request);
    }
    return new TracedClientReply(client, span);
  }

  private static void describe(Span span, ClientRequest request) {
    boolean socket = request.transport() == ClientRequest.Transport.WEBSOCKET;
    span.with("network.transport", "tcp")
        .with("network.protocol.name", socket ? "websocket" : "http");
    String revision = request.headers().get(Headers.PROTOCOL_VERSION);
    if (revision != null) {
      span.with("mcp.protocol.version", revision);
    }
  }

  /** That of the message is nearer to the caller than that of the connection. */
  private static @Nullable String traceparent(ClientRequest request, Message message) {
    Params params = CallSpans.params(message);
    String inBody = params == null ? null : params.meta().traceparent();
    return inBody != null && TraceContext.isValid(inBody) ? inBody : inHeader(request);
  }

  /** The headers of a socket are those of its first moment; they tell nothing of this message. */
  private static @Nullable String inHeader(ClientRequest request) {
    return request.transport() == ClientRequest.Transport.HTTP
        ? request.headers().get(HEADER)
        : null;
  }
}
