package io.mcpnode.config;

import io.mcpnode.NodeConfig.HostPort;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Shapes of names, addresses and secrets. */
final class Names {

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
  private static final String NAME_ALLOWED =
      "up to 63 letters, digits, dots, dashes and underscores, a letter or digit first";
  private static final String HOST_IN_URL = "(?:\\[([0-9A-Fa-f:.]{2,45})]|([A-Za-z0-9._-]{1,253}))";
  private static final Pattern ADDRESS = Pattern.compile(HOST_IN_URL + ":([0-9]{1,5})");
  private static final Pattern SERIALIZED_ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]{0,31}://" + HOST_IN_URL + "(?::([0-9]{1,5}))?");

  private Names() {}

  static final Type<String> NODE = Types.text(NAME, NAME_ALLOWED);
  static final Type<String> NODE_OR_NONE = Types.text(NAME + "|", "empty, or " + NAME_ALLOWED);
  static final Type<String> HOST =
      Types.text("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}", "a host name or an IP address");
  static final Type<String> ROUTE =
      Types.text("(/[A-Za-z0-9._~-]+){1,16}", "a path that starts with / and does not end with it");
  static final Type<String> ORIGIN =
      Types.of(Names::origin, text -> text, "scheme://host or scheme://host:port");
  static final Type<String> URL_OR_NONE =
      Types.text("|https?://[^\\s'\"]{1,1000}", "empty, or a URL that starts with http");
  static final Type<String> ICON_OR_NONE =
      Types.text("|(https://|data:)[!-~]{1,65000}", "empty, or an https: or data: URI");
  static final Type<String> PROSE =
      Types.text("[^\\p{Cntrl}]{0,2000}", "one line of up to 2000 characters");
  static final Type<String> SECRET = Types.text("[ -~]{0,256}", "up to 256 printable characters");
  static final Type<String> TOKEN =
      Types.text("[!-~]{0,256}", "up to 256 printable characters without spaces");
  static final Type<HostPort> HOST_PORT =
      Types.of(
          Names::address, HostPort::toString, "host:port, such as 10.0.0.1:5701 or [::1]:5701");

  private static @Nullable HostPort address(String text) {
    Matcher parts = ADDRESS.matcher(text);
    if (!parts.matches() || !isPort(parts.group(3))) {
      return null;
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    return host == null ? null : new HostPort(host, Integer.parseInt(parts.group(3)));
  }

  /** As browsers write it in the header Origin (RFC 6454 section 6.2); no path, no user. */
  private static @Nullable String origin(String text) {
    Matcher parts = SERIALIZED_ORIGIN.matcher(text);
    return parts.matches() && (parts.group(3) == null || isPort(parts.group(3))) ? text : null;
  }

  private static boolean isPort(String digits) {
    int port = Integer.parseInt(digits);
    return port >= 1 && port <= 65535;
  }
}
