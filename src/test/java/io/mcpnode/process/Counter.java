package io.mcpnode.process;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A counter on the server: of a session, or of a handle in the era without sessions. */
interface Counter {

  /** Adds at the next node. */
  Future<McpReply> add(int by);

  /** Adds at that node. */
  Future<McpReply> addAt(int node, int by);

  String name();

  /** Opens a session and counts in it. Fails with the reason if it can't be opened. */
  static Future<Counter> inSession(McpClient client) {
    return client
        .open()
        .compose(
            reply ->
                reply.isResult() && !reply.session().isEmpty()
                    ? Future.succeededFuture(new InSession(client, reply.session()))
                    : Future.failedFuture("no session: " + reply.reason()));
  }

  /** Has a handle minted and counts by it. Fails with the reason if none is given. */
  static Future<Counter> byHandle(McpClient client) {
    return client
        .callModern("counter", new JsonObject().put("by", 0))
        .compose(
            reply -> {
              String handle = reply.structured().getString("handle", "");
              return handle.isEmpty()
                  ? Future.failedFuture("no handle: " + reply)
                  : Future.succeededFuture(new ByHandle(client, handle));
            });
  }

  /** The counter of a legacy session. */
  record InSession(McpClient client, String name) implements Counter {
    @Override
    public Future<McpReply> add(int by) {
      return client.call(name, "counter", new JsonObject().put("by", by));
    }

    @Override
    public Future<McpReply> addAt(int node, int by) {
      return client.call(node, name, "counter", new JsonObject().put("by", by));
    }
  }

  /** The counter of a handle. */
  record ByHandle(McpClient client, String name) implements Counter {
    @Override
    public Future<McpReply> add(int by) {
      return client.callModern("counter", arguments(by));
    }

    @Override
    public Future<McpReply> addAt(int node, int by) {
      return client.callModern(node, "counter", arguments(by));
    }

    private JsonObject arguments(int by) {
      return new JsonObject().put("by", by).put("handle", name);
    }
  }
}
