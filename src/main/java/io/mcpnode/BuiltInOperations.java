package io.mcpnode;

import io.mcpnode.affinity.SessionAdmin;
import io.mcpnode.call.CallException;
import io.mcpnode.call.OperationRegistry;
import io.mcpnode.membership.Membership;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The operations that every node has: {@code node} and {@code session}. */
@NullMarked
final class BuiltInOperations {

  private final Membership membership;
  private final SessionAdmin sessions;

  private BuiltInOperations(Membership membership, SessionAdmin sessions) {
    this.membership = membership;
    this.sessions = sessions;
  }

  static void register(OperationRegistry registry, Membership membership, SessionAdmin sessions) {
    BuiltInOperations operations = new BuiltInOperations(membership, sessions);
    registry.register("node", "ping", (args, call) -> none(args, "pong"));
    registry.register("node", "echo", (args, call) -> Future.succeededFuture(only(args)));
    registry.register("node", "info", (args, call) -> none(args, operations.info()));
    registry.register(
        "node", "functions", (args, call) -> none(args, List.copyOf(registry.names())));
    registry.register("session", "fetch", (args, call) -> operations.fetch(id(args)));
  }

  private static Future<Object> none(JsonArray args, Object value) {
    return args.isEmpty()
        ? Future.succeededFuture(value)
        : Future.failedFuture(CallException.rejected("args: " + args.size() + " (expected: none)"));
  }

  private static Object only(JsonArray args) {
    if (args.size() != 1 || args.getValue(0) == null) {
      throw CallException.rejected("args: " + args.size() + " (expected: one, not null)");
    }
    return args.getValue(0);
  }

  private static String id(JsonArray args) {
    if (only(args) instanceof String id) {
      return id;
    }
    throw CallException.rejected("args[0]: " + only(args) + " (expected: a session id)");
  }

  private JsonObject info() {
    List<String> members =
        membership.view().members().stream().map(member -> member.id().name()).toList();
    return new JsonObject()
        .put("node", membership.self().name())
        .put("incarnation", membership.self().incarnation())
        .put("version", Version.current())
        .put("view", membership.view().number())
        .put("members", members)
        .put("draining", membership.isDraining(membership.self()))
        .put("sessions", membership.load(membership.self()));
  }

  private Future<JsonObject> fetch(String id) {
    return sessions
        .one(id)
        .map(
            placed ->
                new JsonObject()
                    .put("id", placed.id())
                    .put("kind", placed.kind())
                    .put("owner", placed.owner())
                    .put("backups", placed.backups())
                    .put("epoch", placed.epoch())
                    .put("version", placed.version())
                    .put("replicas", placed.replicas()));
  }
}
