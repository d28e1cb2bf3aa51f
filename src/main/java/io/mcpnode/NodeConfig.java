package io.mcpnode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a node, checked and with defaults filled in; see conf/mcp-node.yaml for what each
 * one means.
 */
@NullMarked
public record NodeConfig(
    Node node,
    Server server,
    Http http,
    Sessions sessions,
    Cluster cluster,
    Tracing tracing,
    Admin admin,
    Features features,
    Plugins plugins) {

  /**
   * @param name unique in the cluster; null: host name + HTTP port, known once the port is
   */
  public record Node(@Nullable String name, boolean exposeName) {}

  /**
   * What clients are told of this server beside its name; empty: nothing.
   *
   * @param icon a URI
   * @param instructions for the model of the client
   */
  public record Server(
      String title, String description, String websiteUrl, String icon, String instructions) {}

  /**
   * @param maxConnections client connections open at once; one more is closed at once
   * @param idleTimeout a connection on which nothing moves for so long is closed
   * @param requestTimeout from the head of a request until its body is complete
   */
  public record Http(
      String host,
      int port,
      String path,
      List<String> allowedOrigins,
      int maxBodyBytes,
      Tls tls,
      int maxConnections,
      Duration idleTimeout,
      Duration requestTimeout) {}

  /** PEM files; both null: plain HTTP. */
  public record Tls(@Nullable Path cert, @Nullable Path key) {}

  /**
   * @param maxPerNode records (sessions and handles) one node owns
   * @param maxStateBytes of one session or handle
   * @param maxCallsPerNode calls running at once on one node
   * @param maxCallsPerSecond of one client; 0: no limit
   */
  public record Sessions(
      Duration idleTimeout,
      int maxPerNode,
      int maxStateBytes,
      int maxCallsPerNode,
      int maxCallsPerSecond) {}

  /**
   * @param maxInFlightPerPeer requests open at once to one other node
   * @param migrationRate records a second that a node moves in a drain or a rebalancing
   */
  public record Cluster(
      boolean enabled,
      String host,
      int port,
      List<HostPort> nodes,
      String cookie,
      int replicationFactor,
      Duration heartbeatInterval,
      int failedPingThreshold,
      int processCountThreshold,
      int partitionThreshold,
      SplitBrainStrategy splitBrainStrategy,
      String masterNode,
      int maxHealthHistory,
      Duration drainTimeout,
      int maxInFlightPerPeer,
      int migrationRate) {}

  /**
   * A seed.
   *
   * @param host an IPv6 address without brackets
   */
  public record HostPort(String host, int port) {

    /** As it is written in configurations and URLs: an IPv6 address in brackets. */
    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /** {@code winner_takes_all} of the configuration is MAJORITY. */
  public enum SplitBrainStrategy {
    MAJORITY,
    OLDEST_NODE,
    CONFIGURED_MASTER
  }

  public record Tracing(boolean enabled, double sampleRatio, int maxTraces, String otlpEndpoint) {}

  /** An empty token: the operator's routes answer loopback peers only. */
  public record Admin(String token) {}

  public record Features(boolean demo) {}

  public record Plugins(Path dir) {}
}
