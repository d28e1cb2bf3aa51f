package io.mcpnode.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A value that a header repeats from the body: as it is, or as {@code =?base64?…?=} where it is not
 * plain ASCII (SEP-2243). The marker is case-sensitive; what merely resembles it is literal.
 */
final class HeaderValue {

  private static final String PREFIX = "=?base64?";
  private static final String SUFFIX = "?=";

  private HeaderValue() {}

  /**
   * The value that is meant; null if it has characters that a header can't have, or if the base64
   * is wrong in alphabet, padding or unused bits, or does not decode to UTF-8.
   */
  static @Nullable String decode(String header) {
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if ((c < 0x20 && c != '\t') || c > 0x7E) {
        return null;
      }
    }
    if (!header.startsWith(PREFIX)
        || !header.endsWith(SUFFIX)
        || header.length() < PREFIX.length() + SUFFIX.length()) {
      return header;
    }
    String encoded = header.substring(PREFIX.length(), header.length() - SUFFIX.length());
    byte[] decoded = strict(encoded);
    return decoded == null || !Utf8.valid(decoded)
        ? null
        : new String(decoded, StandardCharsets.UTF_8);
  }

  /** The JDK's decoder forgives missing padding and stray bits; what it reads must write back. */
  private static byte @Nullable [] strict(String encoded) {
    if (encoded.length() % 4 != 0) {
      return null;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    return Base64.getEncoder().encodeToString(decoded).equals(encoded) ? decoded : null;
  }
}
