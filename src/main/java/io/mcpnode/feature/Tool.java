package io.mcpnode.feature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.ToolDescriptor;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** A tool that can be called. */
public interface Tool {

  ToolDescriptor descriptor();

  /**
   * The argument whose value names a handle, if the tool takes one: a call of the 2026-07-28 era
   * that carries it is executed by the owner of that handle.
   */
  @Nullable String handleArgument();

  /**
   * Checks the arguments and calls. Called on an event loop, which it never blocks; the future
   * completes on any thread. Wrong arguments and exceptions of the tool are outcomes with {@code
   * isError}, so the future fails only for a {@link io.mcpnode.api.McpException} of the author (a
   * protocol error) or a bug of ours.
   *
   * @param arguments an empty object if the client sent none
   */
  Future<ToolOutcome> call(ObjectNode arguments, ToolContext context);
}
