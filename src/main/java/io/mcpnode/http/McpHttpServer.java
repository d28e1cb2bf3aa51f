package io.mcpnode.http;

import io.mcpnode.NodeConfig;
import io.mcpnode.http.admin.Operations;
import io.mcpnode.monitor.RequestTotals;
import io.mcpnode.server.McpService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The outside of a node: MCP over HTTP and WebSocket, and the operator's routes, on one port.
 *
 * <p>To leave without an error for any client: take the node out of readiness, {@link #quiesce},
 * {@link #stopAccepting}, {@link #close}.
 */
public final class McpHttpServer {

  /** To Vert.x, listeners with the same number share one free port. */
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private static final long SETTLE_MILLIS = 500;

  private final Vertx vertx;
  private final Edge edge;
  private final McpService mcp;
  private final Operations operations;
  private final int instances;
  private final List<HttpVerticle> verticles = new CopyOnWriteArrayList<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();

  /**
   * @param draining asked on every response: true asks clients to close their connection
   * @throws IllegalArgumentException for an allowed origin that is none
   */
  public McpHttpServer(
      Vertx vertx,
      NodeConfig config,
      McpService mcp,
      Operations operations,
      BooleanSupplier draining) {
    this.vertx = vertx;
    this.mcp = mcp;
    this.operations = operations;
    HttpMeters meters = new HttpMeters(operations.meters());
    this.edge = new Edge(config, draining, meters, new RequestMeters(operations.meters()));
    this.instances = Runtime.getRuntime().availableProcessors();
    meters.gauges(this::openConnections, this::requestsInProgress);
  }

  /**
   * Completes with the port when all event loops accept; fails with a {@link
   * java.net.BindException} if the port is taken.
   */
  public Future<Integer> start() {
    String host = edge.http.host();
    SocketAddress address =
        edge.http.port() == 0
            ? SocketAddress.sharedRandomPort(FREE_PORTS.incrementAndGet(), host)
            : SocketAddress.inetSocketAddress(edge.http.port(), host);
    Future<Integer> all = deploy(address);
    for (int i = 1; i < instances; i++) {
      all = all.compose(first -> deploy(address));
    }
    return all;
  }

  private Future<Integer> deploy(SocketAddress address) {
    HttpVerticle verticle = new HttpVerticle(edge, mcp, operations, address);
    return vertx
        .deployVerticle(verticle)
        .map(
            id -> {
              deployments.add(id);
              verticles.add(verticle);
              return verticle.actualPort();
            });
  }

  /** Client connections, WebSockets included. */
  public int openConnections() {
    return edge.connections.get();
  }

  /** Requests and WebSocket messages being served, as of at most a quarter of a second ago. */
  public int requestsInProgress() {
    int running = 0;
    for (HttpVerticle verticle : verticles) {
      running += verticle.running();
    }
    return running;
  }

  /** Answers to clients since the start. */
  public RequestTotals answers() {
    return edge.requests.totals();
  }

  /**
   * Sends clients away without cutting anything: from now on every response says {@code Connection:
   * close}, connections that stay idle are closed after 6 s, WebSockets with code 1001 once their
   * messages are answered. New connections are still served, one request each. Completes when the
   * connections that were open are gone, after {@code max} in any case. For good.
   */
  public Future<Void> quiesce(Duration max) {
    edge.quiesce();
    return whenConnectionsAreGone(max);
  }

  private Future<Void> whenConnectionsAreGone(Duration max) {
    List<Future<Void>> quiet = new ArrayList<>();
    for (HttpVerticle verticle : verticles) {
      quiet.add(verticle.whenQuiet());
    }
    Promise<Void> done = Promise.promise();
    long timer = vertx.setTimer(Math.max(1, max.toMillis()), t -> done.tryComplete());
    Future.all(quiet)
        .onComplete(
            all -> {
              vertx.cancelTimer(timer);
              done.tryComplete();
            });
    return done.future();
  }

  /**
   * Refuses new connections; those that are open may still send the request that was on its way,
   * and end with its answer. Completes when all are closed, after {@code max} in any case.
   */
  public Future<Void> stopAccepting(Duration max) {
    edge.quiesce();
    // A connection that was accepted last may not have reached its event loop yet.
    return edge.listener
        .close()
        .compose(refusing -> vertx.timer(SETTLE_MILLIS))
        .compose(settled -> whenConnectionsAreGone(max));
  }

  /** Cuts whatever is left. */
  public Future<Void> close() {
    List<Future<Void>> all = new ArrayList<>();
    for (String deployment : deployments) {
      all.add(vertx.undeploy(deployment));
    }
    deployments.clear();
    return Future.join(all).mapEmpty();
  }
}
