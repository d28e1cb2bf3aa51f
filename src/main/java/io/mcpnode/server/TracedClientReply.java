package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.wire.Span;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Ends the span of a request with its answer, just before the client gets it. */
record TracedClientReply(ClientReply client, Span span) implements RelayedClientReply {

  /** An answer that tells of an error is short. */
  private static final int MAX_LOOKED_INTO = 16 * 1024;

  @Override
  public void end(Answer answer) {
    if (span.isRecorded()) {
      describe(answer);
    }
    span.end();
    client.end(answer);
  }

  private void describe(Answer answer) {
    span.with("http.response.status_code", answer.status()).with("mcpnode.executed", answer.node());
    if (answer.sessionId() != null) {
      span.with("mcp.session.id", answer.sessionId());
    }
    String error = error(answer.body());
    if (error != null) {
      span.error(error);
      if (!error.equals(CallSpans.TOOL_ERROR)) {
        span.with("rpc.response.status_code", error);
      }
    } else if (answer.status() >= 400) {
      span.error(Integer.toString(answer.status()));
    }
  }

  /** The code of a JSON-RPC error, or that a tool failed; null if it went well. */
  private static @Nullable String error(@Nullable Buffer body) {
    if (body == null || body.length() > MAX_LOOKED_INTO || body.getByte(0) != '{') {
      return null;
    }
    try {
      JsonObject message = body.toJsonObject();
      if (message.getValue("error") instanceof JsonObject error) {
        return String.valueOf(error.getValue("code"));
      }
      return message.getValue("result") instanceof JsonObject result
              && Boolean.TRUE.equals(result.getValue("isError"))
          ? CallSpans.TOOL_ERROR
          : null;
    } catch (DecodeException e) {
      return "not JSON";
    }
  }
}
