package io.mcpnode.state;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in a record, apart from who owns it.
 *
 * @param session null unless it is one
 * @param task null unless it is one
 * @param values what tools keep, JSON text by key
 */
public record Contents(
    @Nullable SessionInfo session, @Nullable TaskInfo task, Map<String, String> values) {

  public Contents {
    values = Map.copyOf(values);
  }

  public static Contents ofSession(SessionInfo info) {
    return new Contents(info, null, Map.of());
  }

  public static Contents ofTask(TaskInfo task) {
    return new Contents(null, task, Map.of());
  }

  public static Contents ofHandle() {
    return new Contents(null, null, Map.of());
  }

  /** A null value removes the key. */
  public Contents with(String key, @Nullable String json) {
    Map<String, String> changed = new HashMap<>(values);
    if (json == null) {
      changed.remove(key);
    } else {
      changed.put(key, json);
    }
    return new Contents(session, task, changed);
  }

  public Contents with(SessionInfo info) {
    return new Contents(info, task, values);
  }

  public Contents with(TaskInfo changed) {
    return new Contents(session, changed, values);
  }

  /** Characters of all that clients and tools put into it, for the bound on it. */
  public long size() {
    long size = task == null ? 0 : task.size();
    for (Map.Entry<String, String> value : values.entrySet()) {
      size += value.getKey().length() + (long) value.getValue().length();
    }
    return size;
  }
}
