package io.mcpnode.http;

import io.mcpnode.http.admin.Operations;
import io.mcpnode.http.admin.OperatorRoutes;
import io.mcpnode.server.McpService;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The edge on one event loop. All instances share one port. */
final class HttpVerticle extends VerticleBase {

  private final Edge edge;
  private final McpService mcp;
  private final Operations operations;
  private final SocketAddress address;
  private @Nullable Loop loop;
  private @Nullable HttpServer server;

  HttpVerticle(Edge edge, McpService mcp, Operations operations, SocketAddress address) {
    this.edge = edge;
    this.mcp = mcp;
    this.operations = operations;
    this.address = address;
  }

  @Override
  public Future<?> start() {
    Loop here = new Loop(edge, context);
    loop = here;
    vertx.setPeriodic(Edge.TICK_MILLIS, timer -> here.connections.tick());
    HttpServer http = vertx.createHttpServer(Tuning.options(edge.http));
    server = http;
    return http.connectionHandler(here.connections::opened)
        .requestHandler(new Dispatch(here, mcp, OperatorRoutes.create(vertx, operations)))
        .invalidRequestHandler(request -> invalid(here, request))
        .listen(address);
  }

  private static void invalid(Loop loop, HttpServerRequest request) {
    ClientConnection connection = loop.connections.of(request.connection());
    if (connection != null) {
      InvalidRequest.answer(loop, connection, request);
    }
  }

  int actualPort() {
    return Objects.requireNonNull(server).actualPort();
  }

  /** Any thread. */
  int running() {
    Loop here = loop;
    return here == null ? 0 : here.connections.running();
  }

  /** Any thread. Completes when the connections open now are gone and no request is served. */
  Future<Void> whenQuiet() {
    Loop here = Objects.requireNonNull(loop);
    Promise<Void> promise = Promise.promise();
    here.run(() -> here.connections.whenQuiet(promise));
    return promise.future();
  }

  /** By path: messages first, everything else is rare. */
  private static final class Dispatch implements Handler<HttpServerRequest> {

    private final Loop loop;
    private final RequestGate gate;
    private final McpEndpoint messages;
    private final WebSocketEndpoint webSockets;
    private final Handler<HttpServerRequest> operators;
    private final String path;
    private final String webSocketPath;

    Dispatch(Loop loop, McpService mcp, Handler<HttpServerRequest> operators) {
      this.loop = loop;
      this.gate = new RequestGate(loop.edge.hosts, loop.edge.origins);
      Principals principals = new Principals();
      this.messages = new McpEndpoint(loop, gate, principals, mcp);
      this.webSockets = new WebSocketEndpoint(loop, principals, mcp);
      this.operators = operators;
      this.path = loop.edge.http.path();
      this.webSocketPath = path + "/ws";
    }

    @Override
    public void handle(HttpServerRequest request) {
      ClientConnection connection = loop.connections.of(request.connection());
      if (connection == null) {
        return; // one too many, being closed
      }
      MultiMap headers = request.headers();
      String origin = headers.get(Headers.ORIGIN);
      Refusal refusal = gate.enter(request, headers, origin);
      if (refusal != null) {
        boolean message = path.equals(request.path()) || webSocketPath.equals(request.path());
        Refuser.refuse(loop, connection, request, message ? refusal : refusal.forOperators(), null);
      } else if (path.equals(request.uri()) || path.equals(request.path())) {
        messages.handle(connection, request, headers, origin);
      } else if (webSocketPath.equals(request.path())) {
        webSockets.handle(connection, request, origin);
      } else {
        OperatorRequest.begin(loop, connection, request);
        operators.handle(request);
      }
    }
  }
}
