package io.mcpnode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpnode.api.OperationContext;
import io.mcpnode.call.CallException;
import io.mcpnode.call.Operation;
import io.mcpnode.call.OperationRegistry;
import io.mcpnode.feature.Features;
import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from calls between nodes to the operations of plugins. */
@NullMarked
final class PluginOperations {

  private static final Logger LOG = LoggerFactory.getLogger(PluginOperations.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private PluginOperations() {}

  /** Those whose names are taken are left out, with a line in the log. */
  static void register(OperationRegistry registry, Features features) {
    for (io.mcpnode.feature.Operation operation : features.operations()) {
      try {
        registry.register(
            operation.service(),
            operation.name(),
            (args, call) -> call(operation, args, new Context(call)));
      } catch (IllegalArgumentException taken) {
        LOG.error("An operation of a plugin is left out: {}", taken.getMessage());
      }
    }
  }

  private static Future<? extends @Nullable Object> call(
      io.mcpnode.feature.Operation operation, JsonArray args, OperationContext context) {
    ArrayNode array;
    try {
      array = (ArrayNode) JSON.readTree(args.encode());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read a moment ago", e);
    }
    return operation
        .call(array, context)
        .transform(
            done -> {
              if (done.succeeded()) {
                return Future.succeededFuture(Json.decodeValue(done.result().toString()));
              }
              return Future.failedFuture(
                  done.cause() instanceof io.mcpnode.feature.Operation.Refusal refusal
                      ? CallException.rejected(String.valueOf(refusal.getMessage()))
                      : done.cause());
            });
  }

  private record Context(Operation.Running call) implements OperationContext {

    @Override
    public String caller() {
      return call.caller();
    }

    @Override
    public Duration remaining() {
      return call.remaining();
    }

    @Override
    public boolean isCancelled() {
      return call.isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
      call.onCancel(action);
    }
  }
}
