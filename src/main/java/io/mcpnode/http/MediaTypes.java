package io.mcpnode.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client may send and must be able to read. */
final class MediaTypes {

  private MediaTypes() {}

  /** JSON in UTF-8. Other parameters than the character set are ignored (RFC 8259 section 11). */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String[] parts = contentType.split(";", -1);
    if (!parts[0].strip().equalsIgnoreCase("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("charset=")) {
        String charset = parameter.substring("charset=".length()).replace("\"", "").strip();
        if (!charset.equals("utf-8") && !charset.equals("utf8")) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * May the answer be either JSON or an event stream? MCP asks clients to accept both, since the
   * server chooses late. Wildcards count, and so does a missing header (RFC 9110 section 12.5.1).
   */
  static boolean acceptsBoth(@Nullable String accept) {
    return accept == null
        || (accepts(accept, "application", "json") && accepts(accept, "text", "event-stream"));
  }

  /** Does the client name event streams before anything else? The server may choose either. */
  static boolean prefersEvents(@Nullable String accept) {
    return accept != null && accept.startsWith("text/event-stream");
  }

  /** May the answer be an event stream? */
  static boolean acceptsEvents(String accept) {
    return accepts(accept, "text", "event-stream");
  }

  private static boolean accepts(String accept, String type, String subtype) {
    int best = -1;
    boolean wanted = false;
    for (String range : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String media = parts[0].strip().toLowerCase(Locale.ROOT);
      int precision =
          media.equals(type + "/" + subtype)
              ? 2
              : media.equals(type + "/*") ? 1 : media.equals("*/*") ? 0 : -1;
      if (precision > best) {
        best = precision;
        wanted = !isZero(parts);
      }
    }
    return wanted;
  }

  /** {@code q=0}: not acceptable. */
  private static boolean isZero(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.matches("q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }
}
