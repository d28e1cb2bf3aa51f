package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.protocol.LogLevel;
import io.mcpnode.protocol.Revision;
import io.mcpnode.state.SessionInfo;
import org.jspecify.annotations.Nullable;

/** Which log messages a client gets, and how their data is written. */
final class CallLog {

  /** For a session whose client has not said. */
  private static final LogLevel UNSAID = LogLevel.INFO;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CallLog() {}

  /**
   * Whether a message of this level goes out.
   *
   * @param asked the level that the request names, as those of 2026-07-28 may
   * @param hosted the session, for the revisions that have sessions
   */
  static boolean wanted(
      LogLevel level, Revision revision, @Nullable String asked, @Nullable Hosted hosted) {
    if (revision.modern()) {
      LogLevel least = LogLevel.of(asked);
      return least != null && level.compareTo(least) >= 0;
    }
    SessionInfo session = hosted == null ? null : hosted.record().contents().session();
    LogLevel least = session == null ? null : LogLevel.of(session.logLevel());
    return level.compareTo(least == null ? UNSAID : least) >= 0;
  }

  /**
   * @throws IllegalArgumentException if the data has no JSON form
   */
  static JsonNode json(Object data) {
    return data instanceof String text ? TextNode.valueOf(text) : MAPPER.valueToTree(data);
  }
}
