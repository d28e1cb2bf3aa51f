package io.mcpnode.http;

import io.mcpnode.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.transport.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An edge on a free port in front of fakes. */
public final class EdgeFixture implements AutoCloseable {

  public static final int MAX_BODY = 256 * 1024;

  final Vertx vertx = onEpoll();
  final FakeMcpService mcp = new FakeMcpService();
  public final FakeOperations operations = new FakeOperations();
  final AtomicBoolean draining = new AtomicBoolean();
  final McpHttpServer server;
  public final int port;

  public static EdgeFixture start() throws Exception {
    return new EdgeFixture("", 1000, Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  public static EdgeFixture withToken(String token) throws Exception {
    return new EdgeFixture(token, 1000, Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  EdgeFixture(String token, int maxConnections, Duration idleTimeout, Duration requestTimeout)
      throws Exception {
    NodeConfig.Http http =
        new NodeConfig.Http(
            "127.0.0.1",
            0,
            "/mcp",
            List.of("https://app.example.com"),
            MAX_BODY,
            new NodeConfig.Tls(null, null),
            maxConnections,
            idleTimeout,
            requestTimeout);
    server =
        new McpHttpServer(
            vertx, config(http, token), mcp, operations.withToken(token), draining::get);
    port = await(server.start());
  }

  /** As a node does, where there is epoll. */
  private static Vertx onEpoll() {
    VertxBuilder builder = Vertx.builder();
    if (Transport.EPOLL != null && Transport.EPOLL.available()) {
      builder.withTransport(Transport.EPOLL);
    }
    return builder.build();
  }

  private static NodeConfig config(NodeConfig.Http http, String token) {
    return new NodeConfig(
        new NodeConfig.Node("fake-1", true),
        new NodeConfig.Server("", "", "", "", ""),
        http,
        new NodeConfig.Sessions(Duration.ofHours(1), 1000, 1 << 20, 1000, 0),
        new NodeConfig.Cluster(
            false,
            "127.0.0.1",
            0,
            List.of(),
            "",
            2,
            Duration.ofSeconds(1),
            3,
            1000,
            3,
            NodeConfig.SplitBrainStrategy.MAJORITY,
            "",
            100,
            Duration.ofSeconds(30),
            1000,
            500),
        new NodeConfig.Tracing(false, 0, 1, ""),
        new NodeConfig.Admin(token),
        new NodeConfig.Features(false),
        new NodeConfig.Plugins(Path.of("plugins")));
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  RawClient connect() throws Exception {
    return new RawClient(port);
  }

  /** A POST as a well-behaved client sends it. */
  static String post(String body) {
    return post(body, "");
  }

  /**
   * @param headers further header lines, each ended with CRLF
   */
  static String post(String body, String headers) {
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Accept: application/json, text/event-stream\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Override
  public void close() {
    server.close().eventually(vertx::close).toCompletionStage().toCompletableFuture().join();
  }
}
