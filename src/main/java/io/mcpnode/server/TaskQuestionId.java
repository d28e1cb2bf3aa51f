package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.Kind;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request to the client of a task: {@code task/input}. It names the task, so the
 * answer, posted to any node, needs nothing else to find it. The input is written as in addresses,
 * so that it reads the same however the client's JSON spells it.
 */
record TaskQuestionId(String task, String input) {

  static String of(String task, String input) {
    return task + '/' + URLEncoder.encode(input, StandardCharsets.UTF_8);
  }

  /** Null if it is the id of something else. */
  static @Nullable TaskQuestionId parse(@Nullable RequestId id) {
    String json = id == null ? "" : id.json();
    int slash = json.indexOf('/');
    if (slash < 2 || !json.startsWith("\"") || json.indexOf('\\') >= 0) {
      return null;
    }
    String task = json.substring(1, slash);
    String input = decoded(json.substring(slash + 1, json.length() - 1));
    return Kind.TASK.names(task) && Keys.plausible(task) && input != null
        ? new TaskQuestionId(task, input)
        : null;
  }

  private static @Nullable String decoded(String input) {
    try {
      return URLDecoder.decode(input, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
