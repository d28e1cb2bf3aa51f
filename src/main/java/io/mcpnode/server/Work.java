package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcError;
import io.vertx.core.Future;

/**
 * What an author wrote other than a tool: run under the same rules as a call of one.
 *
 * @param <T> what it results in
 */
interface Work<T> {

  /** For the log. */
  String name();

  /** Fails with a {@link McpException}, or for a bug. */
  Future<T> start(ToolContext call);

  /** The answer that says the result; throws if the result can't be written. */
  Answer answer(T result);

  /** The client speaks it. */
  Revision revision();

  default RpcError error(McpException e) {
    return Failures.protocolError(e, revision());
  }
}
