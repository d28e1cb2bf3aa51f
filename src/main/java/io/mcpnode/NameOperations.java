package io.mcpnode;

import io.mcpnode.call.CallException;
import io.mcpnode.call.OperationRegistry;
import io.mcpnode.names.ClusterNames;
import io.mcpnode.names.NamesComponent;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.NullMarked;

/** The service {@code name}: names that the called node takes, and who holds what. */
@NullMarked
final class NameOperations {

  private NameOperations() {}

  static void register(OperationRegistry registry, NamesComponent names) {
    registry.register("name", "register", (args, call) -> take(names, name(args)));
    registry.register(
        "name",
        "whereis",
        (args, call) ->
            names
                .whereis(name(args))
                .map(
                    holder ->
                        holder == null
                            ? null
                            : new JsonObject()
                                .put("node", holder.node().name())
                                .put("term", holder.term())));
    registry.register("name", "release", (args, call) -> release(names, name(args)));
  }

  private static Future<Long> take(NamesComponent names, String name) {
    return names
        .register(name)
        .map(ClusterNames.Hold::term)
        .recover(problem -> Future.failedFuture(refusal(problem)));
  }

  /** What leaves the name as it was is a call that was not executed. */
  private static Throwable refusal(Throwable problem) {
    return switch (WireException.from(problem).failure()) {
      case INVALID, NOT_OWNER, OVERLOADED, NO_QUORUM ->
          CallException.rejected(String.valueOf(problem.getMessage()));
      default -> problem;
    };
  }

  private static Future<Boolean> release(NamesComponent names, String name) {
    ClusterNames.Hold hold = names.held(name);
    return hold == null ? Future.succeededFuture(false) : hold.release().map(true);
  }

  private static String name(JsonArray args) {
    if (args.size() == 1 && args.getValue(0) instanceof String name) {
      return name;
    }
    throw CallException.rejected("args: " + args.size() + " (expected: one, a name)");
  }
}
