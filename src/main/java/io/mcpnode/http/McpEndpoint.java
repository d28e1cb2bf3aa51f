package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.mcpnode.server.ClientRequest;
import io.mcpnode.server.McpService;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streamable HTTP at {@code http.path}. One per event loop. */
final class McpEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(McpEndpoint.class);
  private static final Buffer INTERNAL_ERROR =
      Buffer.buffer(
          "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"internal error\"}}");

  final int maxBodyBytes;
  final int requestTicks;
  final Refusal tooLarge;
  private final Loop loop;
  private final RequestGate gate;
  private final McpService mcp;
  private final Principals principals;

  McpEndpoint(Loop loop, RequestGate gate, Principals principals, McpService mcp) {
    this.loop = loop;
    this.gate = gate;
    this.principals = principals;
    this.mcp = mcp;
    this.maxBodyBytes = loop.edge.http.maxBodyBytes();
    this.requestTicks = Edge.ticks(loop.edge.http.requestTimeout());
    this.tooLarge = Refusal.tooLarge(maxBodyBytes);
  }

  /** The request came through the gate. */
  void handle(
      ClientConnection connection,
      HttpServerRequest request,
      MultiMap headers,
      @Nullable String origin) {
    Refusal refusal = refusal(request, headers);
    if (refusal != null) {
      Refuser.refuse(loop, connection, request, refusal, origin);
    } else if (request.method().equals(HttpMethod.OPTIONS)) {
      Cors.options(loop, connection, request, origin);
    } else {
      if (headers.contains(Headers.EXPECT)) {
        request.response().writeContinue();
      }
      new PostedBody(this, loop, connection, request, origin).collect();
    }
  }

  private @Nullable Refusal refusal(HttpServerRequest request, MultiMap headers) {
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.POST)) {
      Refusal refusal = gate.post(headers);
      if (refusal != null) {
        return refusal;
      }
    } else if (method.equals(HttpMethod.GET)) {
      if (Refusal.isModern(headers.get(Headers.MCP_PROTOCOL_VERSION))) {
        return Refusal.method(method.name(), "POST");
      }
      String accept = headers.get(Headers.ACCEPT);
      if (accept == null || !MediaTypes.acceptsEvents(accept)) {
        return Refusal.ACCEPT_EVENTS;
      }
    } else if (!method.equals(HttpMethod.DELETE) && !method.equals(HttpMethod.OPTIONS)) {
      return Refusal.method(method.name(), Refusal.MCP_METHODS);
    }
    String expect = headers.get(Headers.EXPECT);
    if (expect == null) {
      return null;
    }
    return !expect.equalsIgnoreCase("100-continue")
        ? Refusal.EXPECT
        : declaresTooMuch(headers) ? tooLarge : null;
  }

  boolean declaresTooMuch(MultiMap headers) {
    String length = headers.get(Headers.CONTENT_LENGTH);
    return length != null && (length.length() > 10 || Long.parseLong(length) > maxBodyBytes);
  }

  /** The body is complete. */
  void dispatch(
      ClientConnection connection,
      PostedBody posted,
      HttpServerRequest request,
      Buffer body,
      @Nullable String origin) {
    HttpReply reply = new HttpReply(loop, connection, request, origin);
    connection.replace(posted, reply);
    MultiMap headers = request.headers();
    ClientRequest message =
        new ClientRequest(
            ClientRequest.Transport.HTTP,
            body,
            headers.get(Headers.MCP_SESSION_ID),
            headers,
            principals.of(headers.get(Headers.AUTHORIZATION)));
    try {
      if (request.method().equals(HttpMethod.DELETE)) {
        mcp.end(message, reply);
      } else if (request.method().equals(HttpMethod.GET)) {
        mcp.stream(message, reply);
      } else {
        mcp.message(message, reply);
      }
    } catch (RuntimeException e) {
      loop.edge.meters.failures.increment();
      LOG.error("{} {} failed", request.method(), request.uri(), e);
      reply.endIfOpen(new Answer(500, INTERNAL_ERROR, "", null, 0));
    }
  }
}
