package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.state.TaskOrder;
import io.mcpnode.wire.Span;
import org.jspecify.annotations.Nullable;

/**
 * A call that shall become a task.
 *
 * @param state the session or handle of the call, owned here; null if there is none
 * @param requester to whom the task will belong
 */
record TaskCall(
    ToolCatalog.Entry tool,
    Message.Request request,
    ObjectNode arguments,
    Revision revision,
    @Nullable Hosted state,
    String requester,
    long ttlMillis) {

  /**
   * What every run of the task needs to know.
   *
   * @param span of the call
   */
  TaskOrder order(Span span) {
    // In 2026-07-28 a task reports no progress.
    RequestId token = revision.modern() ? null : request.params().meta().progressToken();
    return new TaskOrder(
        tool.name(),
        arguments.toString(),
        revision.date(),
        capabilities(),
        state == null ? null : state.record().key(),
        token == null ? null : token.json(),
        ttlMillis,
        span.isRecorded() ? span.traceparent() : null);
  }

  /** What the client has declared: with its session, or in this request. */
  private String capabilities() {
    SessionInfo session = state == null ? null : state.record().contents().session();
    if (session != null) {
      return session.clientCapabilities();
    }
    JsonNode declared =
        request.params().tree().path("_meta").path("io.modelcontextprotocol/clientCapabilities");
    return declared.isObject() ? declared.toString() : "{}";
  }

  /** The state for the run, for as long as it takes. */
  @Nullable TaskState pinned(Affinity affinity) {
    return state == null ? null : new TaskState(affinity, state.record());
  }
}
