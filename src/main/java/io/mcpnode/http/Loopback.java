package io.mcpnode.http;

import java.util.regex.Pattern;

/** Names under which a machine speaks to itself alone. */
final class Loopback {

  private static final Pattern IPV4 = Pattern.compile("127(\\.(0|[1-9][0-9]{0,2})){3}");

  private Loopback() {}

  /**
   * Of a host without port; IPv6 with or without brackets. Names are not looked up: what a resolver
   * says is what DNS rebinding changes.
   */
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(java.util.Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || name.equals("0:0:0:0:0:0:0:1")
        || (IPV4.matcher(name).matches() && bytes(name));
  }

  private static boolean bytes(String ipv4) {
    for (String part : ipv4.split("\\.", -1)) {
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
