package io.mcpnode.process;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one request, from the client's point of view.
 *
 * @param status of HTTP; 0 if there was no answer
 * @param message the JSON-RPC answer, empty if there was none
 * @param session the session id in the answer's header, or empty
 * @param node who executed, by the answer's header, or empty
 * @param reason one line for people
 */
public record McpReply(
    Kind kind, int status, JsonObject message, String session, String node, String reason) {

  /** The classes of outcome that a client must treat differently. */
  public enum Kind {
    /** Done. */
    RESULT,
    /** Accepted without an answer (202). */
    ACCEPTED,
    /** 503: not done, later perhaps. */
    REFUSED,
    /** 404: the session is no more. */
    GONE,
    /** The server says that nobody knows whether it was done. */
    OWNER_LOST,
    /** The connection ended, or no answer came in time: perhaps done. */
    CUT,
    /** Anything else. */
    ERROR
  }

  private static final int OWNER_LOST_CODE = -32010;

  public boolean isResult() {
    return kind == Kind.RESULT;
  }

  /** The result of the call; empty if there is none. */
  public JsonObject result() {
    return message.getJsonObject("result", new JsonObject());
  }

  /** The structured content of a tool's answer; empty if there is none. */
  public JsonObject structured() {
    return result().getJsonObject("structuredContent", new JsonObject());
  }

  static McpReply none(Kind kind, String reason) {
    return new McpReply(kind, 0, new JsonObject(), "", "", reason);
  }

  /**
   * Classifies an answer.
   *
   * @param id of the request, null for a notification
   */
  static McpReply of(
      int status, String contentType, String body, Object id, String session, String node) {
    JsonObject message = id == null ? new JsonObject() : find(contentType, body, id);
    Kind kind = kind(status, message, id == null);
    String reason =
        kind == Kind.RESULT || kind == Kind.ACCEPTED ? "" : "status " + status + " " + cut(body);
    return new McpReply(kind, status, message, session, node, reason);
  }

  private static Kind kind(int status, JsonObject message, boolean notification) {
    JsonObject error = message.getJsonObject("error");
    if (error != null && Integer.valueOf(OWNER_LOST_CODE).equals(error.getInteger("code"))) {
      return Kind.OWNER_LOST;
    }
    if (status == 503) {
      return Kind.REFUSED;
    }
    if (status == 404) {
      return Kind.GONE;
    }
    if (notification && status == 202) {
      return Kind.ACCEPTED;
    }
    JsonObject result = message.getJsonObject("result");
    boolean failed = result == null || result.getBoolean("isError", false);
    return status == 200 && !failed ? Kind.RESULT : Kind.ERROR;
  }

  private static JsonObject find(String contentType, String body, Object id) {
    List<String> candidates =
        contentType.startsWith("text/event-stream") ? eventData(body) : List.of(body);
    JsonObject last = new JsonObject();
    for (String text : candidates) {
      try {
        JsonObject message = new JsonObject(text);
        if (id.equals(message.getValue("id"))) {
          return message;
        }
        last = message.containsKey("error") ? message : last;
      } catch (DecodeException | ClassCastException notJson) {
        continue;
      }
    }
    return last;
  }

  /** The data of each event that has any; lines end in LF, CRLF or CR. */
  static List<String> eventData(String stream) {
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    for (String line : (stream + "\n\n").split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n").append(line.substring(5).stripLeading());
      } else if (line.isEmpty() && !data.isEmpty()) {
        events.add(data.toString());
        data.setLength(0);
      }
    }
    return events;
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
