package io.mcpnode.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client of both eras that sends each request to the next node. A node that refuses the
 * connection is passed over, as a load balancer would do; a connection that breaks is an outcome,
 * and nothing is sent twice. Every future succeeds, whatever the outcome.
 */
public final class McpClient implements AutoCloseable {

  public static final String LEGACY = "2025-11-25";
  public static final String MODERN = "2026-07-28";

  /** As common clients do: one that kept connections longer could use one as it is closed. */
  private static final int IDLE_SECONDS = 5;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final HttpClient http;
  private final List<URI> nodes;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger();

  public McpClient(Vertx vertx, List<URI> nodes, int connectionsPerNode) {
    this.vertx = vertx;
    this.nodes = List.copyOf(nodes);
    this.http =
        vertx
            .httpClientBuilder()
            .with(new HttpClientOptions().setConnectTimeout(5000).setKeepAliveTimeout(IDLE_SECONDS))
            .with(new PoolOptions().setHttp1MaxSize(connectionsPerNode))
            .build();
  }

  public Vertx vertx() {
    return vertx;
  }

  public List<URI> nodes() {
    return nodes;
  }

  private int nextNode() {
    return Math.floorMod(next.getAndIncrement(), nodes.size());
  }

  /** Opens a session: initialize and the notification that follows it. The reply has its id. */
  public Future<McpReply> open() {
    return open(nextNode());
  }

  /** As {@link #open()}, at that node. */
  public Future<McpReply> open(int node) {
    JsonObject params =
        new JsonObject()
            .put("protocolVersion", LEGACY)
            .put("capabilities", new JsonObject())
            .put("clientInfo", info());
    return send(node, request("initialize", params), Map.of())
        .compose(
            reply ->
                reply.isResult() && !reply.session().isEmpty()
                    ? send(nextNode(), initialized(), sessionHeaders(reply.session()))
                        .map(noted -> noted.kind() == McpReply.Kind.ACCEPTED ? reply : noted)
                    : Future.succeededFuture(reply));
  }

  private static JsonObject info() {
    return new JsonObject().put("name", "mcp-node-tests").put("version", "1");
  }

  private JsonObject request(String method, JsonObject params) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", ids.incrementAndGet())
        .put("method", method)
        .put("params", params);
  }

  private static JsonObject initialized() {
    return new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/initialized");
  }

  private static Map<String, String> sessionHeaders(String session) {
    return Map.of("Mcp-Session-Id", session, "MCP-Protocol-Version", LEGACY);
  }

  /** Calls a tool within a session, at the next node. */
  public Future<McpReply> call(String session, String tool, JsonObject arguments) {
    return call(nextNode(), session, tool, arguments);
  }

  /** Calls a tool within a session, at that node. */
  public Future<McpReply> call(int node, String session, String tool, JsonObject arguments) {
    return call(node, session, tool, arguments, Map.of());
  }

  /** As {@link #call(int, String, String, JsonObject)}, with further headers. */
  public Future<McpReply> call(
      int node, String session, String tool, JsonObject arguments, Map<String, String> more) {
    JsonObject params = new JsonObject().put("name", tool).put("arguments", arguments);
    Map<String, String> headers = new HashMap<>(sessionHeaders(session));
    headers.putAll(more);
    return send(node, request("tools/call", params), headers);
  }

  /** Calls a tool without a session, as the 2026-07-28 revision does, at the next node. */
  public Future<McpReply> callModern(String tool, JsonObject arguments) {
    return callModern(nextNode(), tool, arguments);
  }

  /** As {@link #callModern(String, JsonObject)}, at that node. */
  public Future<McpReply> callModern(int node, String tool, JsonObject arguments) {
    JsonObject params =
        new JsonObject()
            .put("name", tool)
            .put("arguments", arguments)
            .put(
                "_meta",
                new JsonObject()
                    .put("io.modelcontextprotocol/protocolVersion", MODERN)
                    .put("io.modelcontextprotocol/clientInfo", info())
                    .put("io.modelcontextprotocol/clientCapabilities", new JsonObject()));
    return send(
        node,
        request("tools/call", params),
        Map.of("MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call", "Mcp-Name", tool));
  }

  private Future<McpReply> send(int node, JsonObject message, Map<String, String> headers) {
    return send(node, nodes.size(), message, headers);
  }

  private Future<McpReply> send(
      int node, int tries, JsonObject message, Map<String, String> headers) {
    return http.request(options(nodes.get(node)))
        .compose(request -> exchange(request, message, headers))
        .recover(
            failure -> {
              if (failure instanceof ConnectException && tries > 1) {
                return send((node + 1) % nodes.size(), tries - 1, message, headers);
              }
              return Future.succeededFuture(failed(failure));
            });
  }

  private static RequestOptions options(URI node) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(node.getHost())
        .setPort(node.getPort())
        .setURI(node.getPath())
        .setIdleTimeout(ANSWER_LIMIT.toMillis());
  }

  private static Future<McpReply> exchange(
      HttpClientRequest request, JsonObject message, Map<String, String> headers) {
    request.putHeader("content-type", "application/json");
    request.putHeader("accept", "application/json, text/event-stream");
    headers.forEach(request::putHeader);
    return request
        .send(message.toBuffer())
        .compose(answer -> answer.body().map(body -> reply(answer, body, message.getValue("id"))));
  }

  private static McpReply reply(HttpClientResponse answer, Buffer body, Object id) {
    if (answer.statusCode() == 503 && !header(answer, "retry-after").matches("[1-9][0-9]*")) {
      return McpReply.none(
          McpReply.Kind.ERROR, "503 with Retry-After: \"" + header(answer, "retry-after") + "\"");
    }
    return McpReply.of(
        answer.statusCode(),
        header(answer, "content-type"),
        body.toString(),
        id,
        header(answer, "mcp-session-id"),
        header(answer, "mcp-node"));
  }

  private static String header(HttpClientResponse answer, String name) {
    String value = answer.getHeader(name);
    return value == null ? "" : value;
  }

  private static McpReply failed(Throwable failure) {
    if (failure instanceof ConnectException) {
      return McpReply.none(McpReply.Kind.ERROR, "no node takes the connection: " + failure);
    }
    String reason =
        failure instanceof TimeoutException
            ? "no answer within " + ANSWER_LIMIT.toSeconds() + " s"
            : failure.toString();
    return McpReply.none(McpReply.Kind.CUT, reason);
  }

  @Override
  public void close() {
    http.close();
  }
}
