package io.mcpnode.state;

import org.jspecify.annotations.Nullable;

/**
 * Something that a running task asks its client for.
 *
 * @param key unique over the life of the task, never used again
 * @param request JSON: method and params
 * @param response JSON, as the client sent it; null while it is open
 */
public record TaskInput(String key, String request, @Nullable String response) {

  public boolean open() {
    return response == null;
  }

  TaskInput answered(String json) {
    return new TaskInput(key, request, json);
  }
}
