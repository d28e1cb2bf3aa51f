package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import io.mcpnode.state.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request to the client of a task: {@code task/input}. It names the task, so the
 * answer, posted to any node, needs nothing else to find it.
 */
record TaskQuestionId(String task, String input) {

  static String of(String task, String input) {
    return task + '/' + input;
  }

  /** Null if it is the id of something else. */
  static @Nullable TaskQuestionId parse(@Nullable RequestId id) {
    String json = id == null ? "" : id.json();
    int slash = json.indexOf('/');
    if (slash < 2 || !json.startsWith("\"") || json.indexOf('\\') >= 0) {
      return null;
    }
    String task = json.substring(1, slash);
    return Kind.TASK.names(task) && Keys.plausible(task)
        ? new TaskQuestionId(task, json.substring(slash + 1, json.length() - 1))
        : null;
  }
}
