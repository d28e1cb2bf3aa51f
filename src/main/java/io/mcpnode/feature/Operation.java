package io.mcpnode.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mcpnode.api.OperationContext;
import io.vertx.core.Future;

/** An operation of a plugin. */
public interface Operation {

  String service();

  String name();

  /**
   * Checks the arguments and calls. Called on an event loop, which it never blocks; the future
   * completes on any thread, and fails with a {@link Refusal} or with what the method threw.
   */
  Future<JsonNode> call(ArrayNode args, OperationContext context);

  /** Nothing was executed: the arguments are wrong, or too much is running. */
  final class Refusal extends RuntimeException {
    public Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
