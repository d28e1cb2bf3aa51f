package io.mcpnode.protocol;

import java.util.regex.Pattern;

/** The grammar of keys in {@code _meta} (basic protocol, general fields). */
public final class MetaKey {

  private static final String LABEL = "[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
  private static final Pattern KEY =
      Pattern.compile(
          "(?:" + LABEL + "(?:\\." + LABEL + ")*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?");
  private static final Pattern RESERVED =
      Pattern.compile("[^./]+\\.(?:modelcontextprotocol|mcp)[./].*", Pattern.CASE_INSENSITIVE);
  private static final int MAX_LENGTH = 256;

  private MetaKey() {}

  /**
   * @throws IllegalArgumentException if it is no key
   */
  public static String check(String key) {
    if (key.length() > MAX_LENGTH || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "metadata: \""
              + key.substring(0, Math.min(80, key.length()))
              + "\" (expected: a key such as rating or com.example/rating)");
    }
    return key;
  }

  /** Its prefix is one that the protocol keeps for itself, such as {@code com.mcp.tools/}. */
  public static boolean isReserved(String key) {
    return RESERVED.matcher(key.substring(0, key.indexOf('/') + 1)).matches();
  }
}
