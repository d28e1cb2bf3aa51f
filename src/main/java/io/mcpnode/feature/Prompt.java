package io.mcpnode.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.PromptDescriptor;
import io.mcpnode.protocol.PromptOutcome;
import io.vertx.core.Future;

/** A prompt that can be filled in. */
public interface Prompt {

  PromptDescriptor descriptor();

  /**
   * Checks the arguments and fills them in. Called on an event loop, which it never blocks; the
   * future completes on any thread. It fails with a {@link io.mcpnode.api.McpException} for wrong
   * arguments, and with what the author's method threw.
   *
   * @param arguments an empty object if the client sent none
   */
  Future<PromptOutcome> get(ObjectNode arguments, ToolContext context);
}
