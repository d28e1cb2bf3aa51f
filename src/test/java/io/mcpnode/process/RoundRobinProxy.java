package io.mcpnode.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load balancer as simple as one can be: every request goes to the next node, whatever connection
 * or session it belongs to. A node that refuses the connection is passed over; nothing else is
 * tried twice. Bodies and event streams pass through as they come, and a side that goes away takes
 * the other one with it.
 */
public final class RoundRobinProxy implements AutoCloseable {

  private static final int CONNECTIONS_PER_NODE = 256;

  private final List<URI> nodes;
  private final HttpClient client;
  private final HttpServer server;
  private final AtomicInteger next = new AtomicInteger();

  private RoundRobinProxy(Vertx vertx, List<URI> nodes) {
    this.nodes = List.copyOf(nodes);
    // A connection that is closed after each request can't be one that the node closes just now.
    client =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(2_000).setKeepAlive(false))
            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_NODE))
            .build();
    server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    server.requestHandler(this::pass);
  }

  /**
   * Returns when it accepts connections, on a port of its own on 127.0.0.1.
   *
   * @param nodes their MCP endpoints, all with the same path
   */
  public static RoundRobinProxy start(Vertx vertx, List<URI> nodes) {
    RoundRobinProxy proxy = new RoundRobinProxy(vertx, nodes);
    try {
      proxy.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      return proxy;
    } catch (Exception e) {
      throw new IllegalStateException("the proxy could not be started", e);
    }
  }

  /** The MCP endpoint of the whole. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + nodes.get(0).getPath());
  }

  /** How many requests have come. */
  public int requests() {
    return next.get();
  }

  private void pass(HttpServerRequest request) {
    int first = next.getAndIncrement();
    request.body().onSuccess(body -> pass(request, body, first, nodes.size()));
  }

  private void pass(HttpServerRequest request, Buffer body, int turn, int tries) {
    URI node = nodes.get(Math.floorMod(turn, nodes.size()));
    client
        .request(
            new RequestOptions()
                .setMethod(request.method())
                .setHost(node.getHost())
                .setPort(node.getPort())
                .setURI(request.uri()))
        .onComplete(
            upstream -> exchange(request, body, upstream),
            problem -> {
              if (problem instanceof ConnectException && tries > 1) {
                pass(request, body, turn + 1, tries - 1);
              } else {
                request.response().setStatusCode(502).end(String.valueOf(problem));
              }
            });
  }

  private static void exchange(HttpServerRequest request, Buffer body, HttpClientRequest upstream) {
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!ofTheConnection(name)) {
                upstream.headers().add(name, value);
              }
            });
    HttpServerResponse response = request.response();
    response.closeHandler(gone -> upstream.reset());
    upstream
        .send(body)
        .compose(answer -> answer(answer, response))
        .onFailure(broken -> response.reset());
  }

  private static Future<Void> answer(HttpClientResponse answer, HttpServerResponse response) {
    response.setStatusCode(answer.statusCode());
    answer
        .headers()
        .forEach(
            (name, value) -> {
              if (!ofTheConnection(name)) {
                response.headers().add(name, value);
              }
            });
    response.setChunked(answer.getHeader("content-length") == null);
    if (!answer.headers().contains("content-length")) {
      // The head of an event stream goes out before its first event.
      response.writeHead();
    }
    return answer.pipeTo(response);
  }

  /** Headers that are for the next hop alone; the body has one piece here. */
  private static boolean ofTheConnection(String name) {
    return name.equalsIgnoreCase("connection")
        || name.equalsIgnoreCase("keep-alive")
        || name.equalsIgnoreCase("transfer-encoding");
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
