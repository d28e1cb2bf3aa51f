package io.mcpnode.config;

import static io.mcpnode.config.Amounts.duration;
import static io.mcpnode.config.Amounts.size;
import static io.mcpnode.config.Types.BOOLEAN;
import static io.mcpnode.config.Types.PATH;
import static io.mcpnode.config.Types.choice;
import static io.mcpnode.config.Types.decimal;
import static io.mcpnode.config.Types.list;
import static io.mcpnode.config.Types.whole;

import io.mcpnode.NodeConfig.HostPort;
import io.mcpnode.NodeConfig.SplitBrainStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The table of all settings. Files, environment, manual and checks are made from it. */
final class Keys {

  private Keys() {}

  private static final int MANY = 10_000_000;

  static final Key<String> NODE_NAME =
      Key.optional("node.name", Names.NODE, "unique in the cluster; unset: host name + HTTP port");
  static final Key<Boolean> NODE_EXPOSE_NAME =
      Key.of("node.exposeName", BOOLEAN, "true", "tell clients the executing node: Mcp-Node");

  static final Key<String> SERVER_TITLE =
      Key.of("server.title", Names.PROSE, "", "what clients call this server");
  static final Key<String> SERVER_DESCRIPTION =
      Key.of("server.description", Names.PROSE, "", "what it is for");
  static final Key<String> SERVER_WEBSITE_URL =
      Key.of("server.websiteUrl", Names.URL_OR_NONE, "", "for people");
  static final Key<String> SERVER_ICON =
      Key.of("server.icon", Names.ICON_OR_NONE, "", "shown by clients, a URI");
  static final Key<String> SERVER_INSTRUCTIONS =
      Key.of("server.instructions", Names.PROSE, "", "for the models of clients: when to use it");

  static final Key<String> HTTP_HOST =
      Key.of("http.host", Names.HOST, "127.0.0.1", "address to listen on; 0.0.0.0: all");
  static final Key<Integer> HTTP_PORT =
      Key.of("http.port", whole(0, 65535), "8080", "0: any free one; the ready line tells which");
  static final Key<String> HTTP_PATH =
      Key.of("http.path", Names.ROUTE, "/mcp", "the MCP endpoint; WebSocket is below it at /ws");
  static final Key<List<String>> HTTP_ALLOWED_ORIGINS =
      Key.of("http.allowedOrigins", list(Names.ORIGIN), "", "of browsers, besides loopback");
  static final Key<Integer> HTTP_MAX_BODY_BYTES =
      Key.of("http.maxBodyBytes", size("1KiB", "1024MiB"), "4MiB", "a larger one is answered 413");
  static final Key<Integer> HTTP_MAX_CONNECTIONS =
      Key.of("http.maxConnections", whole(1, MANY), "20000", "one more is closed at once");
  static final Key<Duration> HTTP_IDLE_TIMEOUT =
      Key.of(
          "http.idleTimeout",
          duration("1s", "24h"),
          "5m",
          "a connection without a request for so long is closed; a running call is not idle");
  static final Key<Duration> HTTP_REQUEST_TIMEOUT =
      Key.of(
          "http.requestTimeout",
          duration("100ms", "1h"),
          "30s",
          "from the head of a request until its body is complete");

  static final Key<Path> HTTP_TLS_CERT =
      Key.optional("http.tls.cert", PATH, "PEM file, the chain; unset: plain HTTP");
  static final Key<Path> HTTP_TLS_KEY =
      Key.optional("http.tls.key", PATH, "PEM file, PKCS#8; set both or neither");

  static final Key<Duration> SESSIONS_IDLE_TIMEOUT =
      Key.of(
          "sessions.idleTimeout",
          duration("100ms", "720h"),
          "1h",
          "a session or handle that nobody uses for so long ends");
  static final Key<Integer> SESSIONS_MAX_PER_NODE =
      Key.of(
          "sessions.maxPerNode",
          whole(1, MANY),
          "100000",
          "sessions and handles one node owns; over it: 503 with Retry-After");
  static final Key<Integer> SESSIONS_MAX_STATE_BYTES =
      Key.of("sessions.maxStateBytes", size("1KiB", "64MiB"), "1MiB", "of one session or handle");
  static final Key<Integer> SESSIONS_MAX_CALLS_PER_NODE =
      Key.of(
          "sessions.maxCallsPerNode", whole(1, MANY), "10000", "calls running at once on one node");
  static final Key<Integer> SESSIONS_MAX_CALLS_PER_SECOND =
      Key.of(
          "sessions.maxCallsPerSecond",
          whole(0, MANY),
          "0",
          "calls a session begins, without sessions those with the same credentials at one node;"
              + " over it: 503 with Retry-After; 0: no limit");

  static final Key<String> CLUSTER_HOST =
      Key.of("cluster.host", Names.HOST, "127.0.0.1", "address the other nodes reach this one at");
  static final Key<Integer> CLUSTER_PORT =
      Key.of("cluster.port", whole(0, 65535), "5701", "of Hazelcast's member protocol");
  static final Key<List<HostPort>> CLUSTER_NODES =
      Key.of("cluster.nodes", list(Names.HOST_PORT), "", "seeds, host:port; no multicast");
  static final Key<String> CLUSTER_COOKIE =
      Key.secret(
          "cluster.cookie",
          Names.SECRET,
          "shared secret; required unless cluster.host is loopback");
  static final Key<Integer> CLUSTER_REPLICATION_FACTOR =
      Key.of(
          "cluster.replicationFactor",
          whole(1, 7),
          "2",
          "copies of every session and handle, the owner's included");
  static final Key<Duration> CLUSTER_HEARTBEAT_INTERVAL =
      Key.of("cluster.heartbeatInterval", duration("100ms", "1m"), "1s", "health of every node");
  static final Key<Integer> CLUSTER_FAILED_PING_THRESHOLD =
      Key.of("cluster.failedPingThreshold", whole(1, 1000), "3", "missed in a row: node unhealthy");
  static final Key<Integer> CLUSTER_PROCESS_COUNT_THRESHOLD =
      Key.of(
          "cluster.processCountThreshold",
          whole(1, MANY),
          "1000",
          "work in progress on a node above which it is degraded");
  static final Key<Integer> CLUSTER_PARTITION_THRESHOLD =
      Key.of(
          "cluster.partitionThreshold",
          whole(1, 1000),
          "3",
          "consecutive detections before the alert");
  static final Key<SplitBrainStrategy> CLUSTER_SPLIT_BRAIN_STRATEGY =
      Key.of(
          "cluster.splitBrainStrategy",
          choice(
              Map.of(
                  "majority", SplitBrainStrategy.MAJORITY,
                  "winner_takes_all", SplitBrainStrategy.MAJORITY,
                  "oldest_node", SplitBrainStrategy.OLDEST_NODE,
                  "configured_master", SplitBrainStrategy.CONFIGURED_MASTER)),
          "majority",
          "which side of a partition goes on; winner_takes_all is majority");
  static final Key<String> CLUSTER_MASTER_NODE =
      Key.of("cluster.masterNode", Names.NODE_OR_NONE, "", "node name, for configured_master");
  static final Key<Integer> CLUSTER_MAX_HEALTH_HISTORY =
      Key.of("cluster.maxHealthHistory", whole(1, 100_000), "100", "health readings kept per node");
  static final Key<Duration> CLUSTER_DRAIN_TIMEOUT =
      Key.of(
          "cluster.drainTimeout",
          duration("0s", "1h"),
          "30s",
          "for moving everything away before a node leaves");
  static final Key<Integer> CLUSTER_MAX_IN_FLIGHT_PER_PEER =
      Key.of(
          "cluster.maxInFlightPerPeer",
          whole(1, MANY),
          "10000",
          "requests open at once to one other node");
  static final Key<Integer> CLUSTER_MIGRATION_RATE =
      Key.of(
          "cluster.migrationRate",
          whole(1, 100_000),
          "500",
          "sessions and handles a node moves in a second when it drains or rebalances");

  static final Key<Boolean> TRACING_ENABLED =
      Key.of("tracing.enabled", BOOLEAN, "true", "W3C trace context");
  static final Key<Double> TRACING_SAMPLE_RATIO =
      Key.of(
          "tracing.sampleRatio",
          decimal(0, 1),
          "0.01",
          "of traces that begin here; an incoming sampled flag is always honoured");
  static final Key<Integer> TRACING_MAX_TRACES =
      Key.of("tracing.maxTraces", whole(1, 1_000_000), "1000", "kept in memory, oldest dropped");
  static final Key<String> TRACING_OTLP_ENDPOINT =
      Key.of("tracing.otlpEndpoint", Names.URL_OR_NONE, "", "exports when set");

  static final Key<String> ADMIN_TOKEN =
      Key.secret(
          "admin.token", Names.TOKEN, "bearer token of the admin API; empty: loopback peers only");

  static final Key<Boolean> FEATURES_DEMO =
      Key.of("features.demo", BOOLEAN, "true", "the tools echo, add, counter, sleep, whoami");

  static final Key<Path> PLUGINS_DIR =
      Key.of("plugins.dir", PATH, "plugins", "jars with annotated classes");

  /** In the order of the manual. */
  static final List<Key<?>> ALL =
      List.of(
          NODE_NAME,
          NODE_EXPOSE_NAME,
          SERVER_TITLE,
          SERVER_DESCRIPTION,
          SERVER_WEBSITE_URL,
          SERVER_ICON,
          SERVER_INSTRUCTIONS,
          HTTP_HOST,
          HTTP_PORT,
          HTTP_PATH,
          HTTP_ALLOWED_ORIGINS,
          HTTP_MAX_BODY_BYTES,
          HTTP_MAX_CONNECTIONS,
          HTTP_IDLE_TIMEOUT,
          HTTP_REQUEST_TIMEOUT,
          HTTP_TLS_CERT,
          HTTP_TLS_KEY,
          SESSIONS_IDLE_TIMEOUT,
          SESSIONS_MAX_PER_NODE,
          SESSIONS_MAX_STATE_BYTES,
          SESSIONS_MAX_CALLS_PER_NODE,
          SESSIONS_MAX_CALLS_PER_SECOND,
          CLUSTER_HOST,
          CLUSTER_PORT,
          CLUSTER_NODES,
          CLUSTER_COOKIE,
          CLUSTER_REPLICATION_FACTOR,
          CLUSTER_HEARTBEAT_INTERVAL,
          CLUSTER_FAILED_PING_THRESHOLD,
          CLUSTER_PROCESS_COUNT_THRESHOLD,
          CLUSTER_PARTITION_THRESHOLD,
          CLUSTER_SPLIT_BRAIN_STRATEGY,
          CLUSTER_MASTER_NODE,
          CLUSTER_MAX_HEALTH_HISTORY,
          CLUSTER_DRAIN_TIMEOUT,
          CLUSTER_MAX_IN_FLIGHT_PER_PEER,
          CLUSTER_MIGRATION_RATE,
          TRACING_ENABLED,
          TRACING_SAMPLE_RATIO,
          TRACING_MAX_TRACES,
          TRACING_OTLP_ENDPOINT,
          ADMIN_TOKEN,
          FEATURES_DEMO,
          PLUGINS_DIR);
}
