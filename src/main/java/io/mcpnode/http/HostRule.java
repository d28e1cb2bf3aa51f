package io.mcpnode.http;

/**
 * Which Host headers are accepted. A node that listens on a loopback address is meant for this
 * machine: a page whose name was rebound to that address still sends its own name, and is refused.
 */
final class HostRule {

  private final boolean loopbackOnly;
  private final OriginRule origins;

  HostRule(String listenHost, OriginRule origins) {
    this.loopbackOnly = Loopback.isLoopback(listenHost);
    this.origins = origins;
  }

  boolean allows(String header) {
    Authority authority = Authority.parse(header);
    return authority != null
        && (!loopbackOnly
            || Loopback.isLoopback(authority.host())
            || origins.namesHost(authority.host()));
  }
}
