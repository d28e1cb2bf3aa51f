package io.mcpnode.config;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param path as in a file, {@code http.maxBodyBytes}
 * @param defaultText the default as it would be written; null: not set, and {@code doc} says what
 *     happens then
 * @param doc one line for people
 * @param secret never shown
 */
record Key<T>(String path, Type<T> type, @Nullable String defaultText, String doc, boolean secret) {

  static final String ENV_PREFIX = "MCP_NODE_";

  static <T> Key<T> of(String path, Type<T> type, String defaultText, String doc) {
    Key<T> key = new Key<>(path, type, defaultText, doc, false);
    if (type.parse(defaultText) == null) {
      throw new IllegalArgumentException(
          path + ": default " + defaultText + " (expected: " + type.allowed() + ")");
    }
    return key;
  }

  /** May be left unset; an empty or null value means unset. */
  static <T> Key<T> optional(String path, Type<T> type, String doc) {
    return new Key<>(path, type, null, doc, false);
  }

  static Key<String> secret(String path, Type<String> type, String doc) {
    return new Key<>(path, type, "", doc, true);
  }

  boolean isOptional() {
    return defaultText == null;
  }

  @Nullable T defaultValue() {
    return defaultText == null ? null : Objects.requireNonNull(type.parse(defaultText));
  }

  /** {@code MCP_NODE_} + the path in upper snake case. */
  String env() {
    return ENV_PREFIX
        + path.replace('.', '_').replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
  }

  /** The path without the last name; empty at the top. */
  String section() {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** The last name of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
