package io.mcpnode.http;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to this node: pages of this machine and those that the configuration
 * names. Programs send no Origin and are not concerned. Source of the rule: the security warning of
 * MCP's Streamable HTTP, against DNS rebinding.
 */
final class OriginRule {

  private final Set<String> allowed = new HashSet<>();
  private final Set<String> hosts = new HashSet<>();

  /**
   * @param allowedOrigins each {@code scheme://host[:port]}
   * @throws IllegalArgumentException naming the first that is none
   */
  OriginRule(Collection<String> allowedOrigins) {
    for (String text : allowedOrigins) {
      Origin origin = Origin.parse(text);
      if (origin == null) {
        throw new IllegalArgumentException(
            "http.allowedOrigins: \"" + text + "\" (expected: scheme://host[:port])");
      }
      allowed.add(origin.normal());
      hosts.add(origin.authority().host());
    }
  }

  boolean allows(String header) {
    Origin origin = Origin.parse(header);
    return origin != null
        && (allowed.contains(origin.normal())
            || (origin.isWeb() && Loopback.isLoopback(origin.authority().host())));
  }

  /** The host of one of the configured origins. */
  boolean namesHost(String host) {
    return hosts.contains(host);
  }

  private record Origin(String scheme, Authority authority) {

    static @Nullable Origin parse(String text) {
      int end = text.indexOf("://");
      if (end <= 0) {
        return null;
      }
      Authority authority = Authority.parse(text.substring(end + 3));
      return authority == null
          ? null
          : new Origin(text.substring(0, end).toLowerCase(Locale.ROOT), authority);
    }

    boolean isWeb() {
      return scheme.equals("http") || scheme.equals("https");
    }

    String normal() {
      int port = authority.port();
      boolean usual =
          port < 0
              || (port == 80 && scheme.equals("http"))
              || (port == 443 && scheme.equals("https"));
      return scheme + "://" + authority.host() + (usual ? "" : ":" + port);
    }
  }
}
