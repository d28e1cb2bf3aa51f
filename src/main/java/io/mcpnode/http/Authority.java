package io.mcpnode.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code host[:port]} as in a Host header or an origin.
 *
 * @param host lower case, IPv6 in brackets
 * @param port -1 if not said
 */
record Authority(String host, int port) {

  /** Null if the text is not an authority (RFC 9110 section 4.2, without user information). */
  static @Nullable Authority parse(String text) {
    int colon;
    if (text.startsWith("[")) {
      int bracket = text.indexOf(']');
      if (bracket < 3 || (bracket + 1 < text.length() && text.charAt(bracket + 1) != ':')) {
        return null;
      }
      colon = bracket + 1 < text.length() ? bracket + 1 : -1;
    } else {
      colon = text.indexOf(':');
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    return port < -1 || !isHost(host) ? null : new Authority(host.toLowerCase(Locale.ROOT), port);
  }

  /** -1 for an empty one, which RFC 3986 allows; -2 if it is no port. */
  private static int port(String text) {
    if (text.length() > 5) {
      return -2;
    }
    int port = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -2;
      }
      port = port * 10 + c - '0';
    }
    return port > 65535 ? -2 : port;
  }

  private static boolean isHost(String host) {
    if (host.isEmpty() || host.length() > 255) {
      return false;
    }
    boolean ipv6 = host.charAt(0) == '[';
    for (int i = ipv6 ? 1 : 0; i < (ipv6 ? host.length() - 1 : host.length()); i++) {
      char c = host.charAt(i);
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
      if (!letterOrDigit && (ipv6 ? c != ':' && c != '.' && c != '%' : "-._~".indexOf(c) < 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
