package io.mcpnode.bench;

import io.mcpnode.process.McpClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads event streams as they come, many at once, on one event loop of its own. */
final class EventClient implements AutoCloseable {

  /** One event. */
  interface Listener {
    /**
     * @param type empty if the stream names none
     */
    void event(String type, String data);
  }

  /**
   * An accepted stream.
   *
   * @param end completes when the node has ended it, and fails when the connection breaks or the
   *     listener does
   */
  record Stream(Future<Void> end) {}

  private static final String META = "io.modelcontextprotocol/";

  private final Vertx vertx;
  private final HttpClient http;

  EventClient(int streamsPerNode) {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    http =
        vertx.httpClientBuilder().with(new PoolOptions().setHttp1MaxSize(streamsPerNode)).build();
  }

  /** Calls a tool with a progress token within a session of 2025-11-25. */
  Future<Stream> call(
      URI node, String session, String tool, JsonObject arguments, Listener listener) {
    JsonObject params =
        new JsonObject()
            .put("name", tool)
            .put("arguments", arguments)
            .put("_meta", new JsonObject().put("progressToken", "p"));
    Map<String, String> headers =
        Map.of("Mcp-Session-Id", session, "MCP-Protocol-Version", McpClient.LEGACY);
    return post(node, "tools/call", params, headers, listener);
  }

  /** Listens to changes of the list of tools, as clients of 2026-07-28 do. */
  Future<Stream> listen(URI node, Listener listener) {
    JsonObject params =
        new JsonObject()
            .put("notifications", new JsonObject().put("toolsListChanged", true))
            .put(
                "_meta",
                new JsonObject()
                    .put(META + "protocolVersion", McpClient.MODERN)
                    .put(
                        META + "clientInfo",
                        new JsonObject().put("name", "bench").put("version", "1"))
                    .put(META + "clientCapabilities", new JsonObject()));
    Map<String, String> headers =
        Map.of("MCP-Protocol-Version", McpClient.MODERN, "Mcp-Method", "subscriptions/listen");
    return post(node, "subscriptions/listen", params, headers, listener);
  }

  /** What happens in the cluster, as that node tells operators. */
  Future<Stream> clusterEvents(URI node, Listener listener) {
    return open(node.resolve("/cluster/events"), HttpMethod.GET, "", Map.of(), listener);
  }

  private Future<Stream> post(
      URI node, String method, JsonObject params, Map<String, String> more, Listener listener) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "text/event-stream, application/json");
    JsonObject message =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", method)
            .put("params", params);
    return open(node, HttpMethod.POST, message.encode(), headers, listener);
  }

  private Future<Stream> open(
      URI target, HttpMethod method, String body, Map<String, String> headers, Listener listener) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(target.getHost())
            .setPort(target.getPort())
            .setURI(target.getPath());
    return http.request(options)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              return request.send(body).map(answer -> read(answer, listener));
            });
  }

  private static Stream read(HttpClientResponse answer, Listener listener) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("status " + answer.statusCode() + " (expected: 200)");
    }
    Consumer<String> lines = lines(listener);
    Promise<Void> end = Promise.promise();
    answer.handler(
        RecordParser.newDelimited(
            "\n",
            line -> {
              try {
                lines.accept(line.toString());
              } catch (RuntimeException wrongEvent) {
                end.tryFail(wrongEvent);
              }
            }));
    answer.end().onComplete(done -> end.tryComplete(), end::tryFail);
    return new Stream(end.future());
  }

  /** Events of the nodes have one line of data; one without any only tells the stream's id. */
  private static Consumer<String> lines(Listener listener) {
    String[] type = {""};
    return line -> {
      if (line.startsWith("event:")) {
        type[0] = line.substring(6).strip();
      } else if (line.startsWith("data: ") && !line.substring(6).isBlank()) {
        listener.event(type[0], line.substring(6).strip());
      } else if (line.isEmpty()) {
        type[0] = "";
      }
    };
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
