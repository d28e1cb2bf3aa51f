package io.mcpnode.server;

import io.mcpnode.state.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of {@code tasks/list} begins: after a key, so any node can go on, whatever
 * has come or gone meanwhile. Pure. It tells its client nothing new and opens nothing that its
 * client can't see, so it is not signed.
 */
final class TaskCursor {

  private static final String VERSION = "1:";

  private TaskCursor() {}

  static String after(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((VERSION + key).getBytes(StandardCharsets.UTF_8));
  }

  /** The key; null if it is none of ours. */
  static @Nullable String key(String cursor) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (!text.startsWith(VERSION)) {
      return null;
    }
    String key = text.substring(VERSION.length());
    return Kind.TASK.names(key) && Keys.plausible(key) ? key : null;
  }
}
