package io.mcpnode.server;

import io.mcpnode.api.McpException;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.Params;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.wire.Span;
import io.vertx.core.AsyncResult;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of a request are called and what they tell: OpenTelemetry's conventions for MCP
 * and for the execution of tools. Only for spans that are recorded.
 */
final class CallSpans {

  static final String TOOL_ERROR = "tool_error";

  private static final int MAX_NAME = 120;
  private static final String TOOL = "gen_ai.tool.name";
  private static final String OPERATION = "gen_ai.operation.name";
  private static final String EXECUTE_TOOL = "execute_tool";
  private static final String SESSION = "mcp.session.id";

  private CallSpans() {}

  /** Of a message, at the edge and at the owner. */
  static void describe(Span span, Message message, @Nullable String session) {
    if (session != null) {
      span.with(SESSION, session);
    }
    if (message instanceof Message.Request request) {
      span.with("jsonrpc.request.id", plain(request.id()));
      method(span, request.method(), request.params());
    } else if (message instanceof Message.Notification notification) {
      method(span, notification.method(), notification.params());
    } else if (message instanceof Message.Batch batch) {
      span.name("batch").with("mcpnode.batch.size", batch.messages().size());
    } else {
      span.name(message instanceof Message.Response ? "response" : "invalid");
    }
  }

  private static void method(Span span, String method, Params params) {
    String target = params.name();
    if (target != null && method.equals(Methods.TOOLS_CALL)) {
      span.name(name(method + " " + target)).with(TOOL, target).with(OPERATION, EXECUTE_TOOL);
    } else {
      span.name(name(method));
    }
    span.with("mcp.method.name", method);
  }

  /** Clients choose it. */
  private static String name(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
  }

  private static String plain(RequestId id) {
    String json = id.json();
    return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
  }

  /** Of the end of a session that its client asks for. */
  static void describeEnd(Span span, @Nullable String session) {
    if (span.isRecorded()) {
      span.name("DELETE session");
      if (session != null) {
        span.with(SESSION, session);
      }
    }
  }

  /** Of the execution of a tool. */
  static void describe(Span span, String tool, ToolCall call) {
    span.name(name(EXECUTE_TOOL + " " + tool))
        .with(TOOL, tool)
        .with(OPERATION, EXECUTE_TOOL)
        .with("mcp.protocol.version", call.protocolVersion())
        .with("mcpnode.epoch", call.epoch());
    call.sessionId().ifPresent(session -> span.with(SESSION, session));
  }

  static void end(ToolCall call, AsyncResult<ToolOutcome> result) {
    Span span = call.span();
    if (call.isCancelled()) {
      span.error("cancelled");
    } else if (result.cause() instanceof McpException e) {
      span.error(Integer.toString(e.code()));
    } else if (result.failed()) {
      span.error("internal");
    } else if (result.result().error()) {
      span.error(TOOL_ERROR);
    }
    span.end();
  }

  static @Nullable Params params(Message message) {
    if (message instanceof Message.Request request) {
      return request.params();
    }
    return message instanceof Message.Notification notification ? notification.params() : null;
  }
}
