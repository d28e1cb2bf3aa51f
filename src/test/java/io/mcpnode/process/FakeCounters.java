package io.mcpnode.process;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers that share counters in memory, and misbehave where a test says so. One event loop. */
final class FakeCounters {

  /** What happens to the n-th addition of a session. */
  enum Fault {
    NONE,
    /** Acknowledged but not counted. */
    LOSE,
    /** Counted twice. */
    DOUBLE,
    /** 503 and not counted. */
    REFUSE,
    /** Counted, and then the connection is closed instead of an answer. */
    CUT_AFTER,
    /** 404. */
    FORGET
  }

  private final Map<String, Integer> values = new HashMap<>();
  private final Map<String, Integer> additions = new HashMap<>();
  private final List<HttpServer> servers = new ArrayList<>();
  private final Fault fault;
  private final int at;

  FakeCounters(Fault fault, int at) {
    this.fault = fault;
    this.at = at;
  }

  Future<URI> listen(Vertx vertx) {
    HttpServer server = vertx.createHttpServer();
    servers.add(server);
    return server
        .requestHandler(
            request ->
                request.body().onSuccess(body -> answer(request, new JsonObject(body.toString()))))
        .listen(0, "127.0.0.1")
        .map(ready -> URI.create("http://127.0.0.1:" + ready.actualPort() + "/mcp"));
  }

  Future<Void> stop(int index) {
    return servers.get(index).close();
  }

  private void answer(HttpServerRequest request, JsonObject message) {
    switch (message.getString("method")) {
      case "initialize" -> {
        String session = "s" + values.size();
        values.put(session, 0);
        request.response().putHeader("mcp-session-id", session);
        result(request, message, new JsonObject());
      }
      case "notifications/initialized" -> request.response().setStatusCode(202).end();
      default -> count(request, message);
    }
  }

  private void count(HttpServerRequest request, JsonObject message) {
    JsonObject arguments = message.getJsonObject("params").getJsonObject("arguments");
    String key = request.getHeader("mcp-session-id");
    if (key == null) {
      key = arguments.getString("handle", "h" + values.size());
    }
    int by = arguments.getInteger("by");
    int number = by == 0 ? 0 : additions.merge(key, 1, Integer::sum);
    Fault now = number == at ? fault : Fault.NONE;
    if (now == Fault.REFUSE) {
      request.response().setStatusCode(503).putHeader("retry-after", "1").end("{}");
      return;
    }
    if (now == Fault.FORGET) {
      request.response().setStatusCode(404).end("{}");
      return;
    }
    int old = values.getOrDefault(key, 0);
    int value = old + by * (now == Fault.DOUBLE ? 2 : 1);
    values.put(key, now == Fault.LOSE ? old : value);
    if (now == Fault.CUT_AFTER) {
      request.connection().close();
      return;
    }
    JsonObject content = new JsonObject().put("value", value).put("handle", key);
    result(request, message, new JsonObject().put("structuredContent", content));
  }

  private static void result(HttpServerRequest request, JsonObject message, JsonObject result) {
    request
        .response()
        .putHeader("content-type", "application/json")
        .end(
            new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", message.getValue("id"))
                .put("result", result)
                .toBuffer());
  }
}
