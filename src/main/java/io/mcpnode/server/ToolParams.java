package io.mcpnode.server;

import io.mcpnode.protocol.Params;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/** What can be wrong with the params of the methods about tools. */
final class ToolParams {

  private ToolParams() {}

  /**
   * @param tool null if the name is missing or unknown; else the arguments are at fault
   */
  static RpcError wrong(Params params, ToolCatalog.@Nullable Entry tool) {
    if (tool != null) {
      return RpcError.of(
          RpcCode.INVALID_PARAMS, "params.arguments: not an object (expected: object)");
    }
    String name = params.name();
    return RpcError.of(
        RpcCode.INVALID_PARAMS,
        name == null
            ? "params.name: missing (expected: the name of a tool)"
            : "unknown tool: " + RpcError.quote(name));
  }
}
