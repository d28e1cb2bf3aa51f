package io.mcpnode.protocol;

import org.jspecify.annotations.Nullable;

/** The headers of one request; names are compared without regard to case. */
public interface Headers {

  Headers NONE = name -> null;

  String PROTOCOL_VERSION = "mcp-protocol-version";
  String SESSION_ID = "mcp-session-id";
  String METHOD = "mcp-method";
  String NAME = "mcp-name";
  String PARAM_PREFIX = "mcp-param-";

  /** The value of the first header of this name, given in lower case; null if there is none. */
  @Nullable String get(String name);

  /** The value without the white space around it, which is not part of it (RFC 9110, 5.5). */
  default @Nullable String trimmed(String name) {
    String value = get(name);
    return value == null ? null : trim(value);
  }

  private static String trim(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && blank(value.charAt(start))) {
      start++;
    }
    while (end > start && blank(value.charAt(end - 1))) {
      end--;
    }
    return start == 0 && end == value.length() ? value : value.substring(start, end);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }
}
