package io.mcpnode.server;

import io.mcpnode.api.McpException;
import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.state.TaskOutcome;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run ended with, as it is kept. */
final class TaskOutcomes {

  private static final Logger LOG = LoggerFactory.getLogger(TaskOutcomes.class);

  private final MessageWriter writer;
  private final int maxBytes;

  /**
   * @param maxBytes of a result or an error; a larger one becomes an error that says so
   */
  TaskOutcomes(MessageWriter writer, int maxBytes) {
    this.writer = writer;
    this.maxBytes = maxBytes;
  }

  TaskOutcome of(String tool, ToolOutcome outcome) {
    JsonOut json;
    try {
      json = writer.toolResult(outcome, Revision.V2026_07_28);
    } catch (IllegalArgumentException e) {
      LOG.error("the answer of tool {} can't be written", tool, e);
      return error(RpcError.of(RpcCode.INTERNAL_ERROR, "internal error"));
    }
    if (json.size() > maxBytes) {
      return tooLarge("result: " + json.size() + " bytes (expected: <= " + maxBytes);
    }
    return new TaskOutcome(
        outcome.error() ? TaskOutcome.Kind.TOOL_ERROR : TaskOutcome.Kind.RESULT,
        new String(json.array(), 0, json.size(), StandardCharsets.UTF_8));
  }

  /**
   * @param revision of the client that made the task
   */
  TaskOutcome of(String tool, Throwable failure, Revision revision) {
    if (failure instanceof MissingCapabilityException e) {
      return revision.modern()
          ? error(Abilities.missing(e))
          : of(tool, ToolOutcome.failed(String.valueOf(e.getMessage())));
    }
    if (failure instanceof McpException e) {
      TaskOutcome error = error(Failures.protocolError(e, revision));
      int size = error.json().length();
      return size > maxBytes
          ? tooLarge("error: " + size + " characters (expected: <= " + maxBytes)
          : error;
    }
    LOG.error("tool {} failed outside of its contract", tool, failure);
    return error(RpcError.of(RpcCode.INTERNAL_ERROR, "internal error"));
  }

  /**
   * In place of an outcome for which the owner has no room, whatever the node that ran it allows.
   */
  static TaskOutcome notKept(TaskOutcome outcome) {
    return tooLarge(
        "result: " + outcome.json().length() + " characters (expected: what the owner can hold");
  }

  private static TaskOutcome tooLarge(String what) {
    return error(RpcError.of(RpcCode.INTERNAL_ERROR, what + " for a task)"));
  }

  /** The node that ran it is gone, and nobody knows how far it had come. */
  static TaskOutcome lost() {
    return error(Failures.ownerLost());
  }

  static TaskOutcome error(RpcError error) {
    JsonOut out = new JsonOut(128).raw("{\"code\":").raw(Integer.toString(error.code().value()));
    out.raw(",\"message\":").string(error.message());
    String data = error.data();
    if (data != null) {
      out.raw(",\"data\":").raw(data);
    }
    out.raw('}');
    return new TaskOutcome(
        TaskOutcome.Kind.PROTOCOL_ERROR,
        new String(out.array(), 0, out.size(), StandardCharsets.UTF_8));
  }
}
