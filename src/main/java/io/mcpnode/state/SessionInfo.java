package io.mcpnode.state;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code initialize} agreed on, and what the client has asked for since.
 *
 * @param protocolVersion the negotiated revision
 * @param clientInfo JSON, as the client sent it
 * @param clientCapabilities JSON, as the client sent it
 * @param initialized {@code notifications/initialized} has come
 * @param logLevel of {@code logging/setLevel}; null: none has come
 * @param subscriptions addresses of resources of whose changes the client wants to hear
 */
public record SessionInfo(
    String protocolVersion,
    String clientInfo,
    String clientCapabilities,
    boolean initialized,
    @Nullable String logLevel,
    Set<String> subscriptions) {

  public SessionInfo {
    subscriptions = Set.copyOf(subscriptions);
  }

  /** As {@code initialize} leaves it. */
  public SessionInfo(
      String protocolVersion, String clientInfo, String clientCapabilities, boolean initialized) {
    this(protocolVersion, clientInfo, clientCapabilities, initialized, null, Set.of());
  }

  public SessionInfo asInitialized() {
    return new SessionInfo(
        protocolVersion, clientInfo, clientCapabilities, true, logLevel, subscriptions);
  }

  public SessionInfo withLogLevel(String level) {
    return new SessionInfo(
        protocolVersion, clientInfo, clientCapabilities, initialized, level, subscriptions);
  }

  public SessionInfo subscribed(String uri) {
    Set<String> more = new TreeSet<>(subscriptions);
    more.add(uri);
    return new SessionInfo(
        protocolVersion, clientInfo, clientCapabilities, initialized, logLevel, more);
  }

  public SessionInfo unsubscribed(String uri) {
    Set<String> fewer = new TreeSet<>(subscriptions);
    fewer.remove(uri);
    return new SessionInfo(
        protocolVersion, clientInfo, clientCapabilities, initialized, logLevel, fewer);
  }
}
