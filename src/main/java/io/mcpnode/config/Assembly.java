package io.mcpnode.config;

import io.mcpnode.NodeConfig;

/** Puts checked settings into the record that the node is built from. */
final class Assembly {

  private Assembly() {}

  static NodeConfig nodeConfig(Settings s, boolean clustered) {
    return new NodeConfig(
        new NodeConfig.Node(s.find(Keys.NODE_NAME), s.get(Keys.NODE_EXPOSE_NAME)),
        new NodeConfig.Server(
            s.get(Keys.SERVER_TITLE),
            s.get(Keys.SERVER_DESCRIPTION),
            s.get(Keys.SERVER_WEBSITE_URL),
            s.get(Keys.SERVER_ICON),
            s.get(Keys.SERVER_INSTRUCTIONS)),
        http(s),
        new NodeConfig.Sessions(
            s.get(Keys.SESSIONS_IDLE_TIMEOUT),
            s.get(Keys.SESSIONS_MAX_PER_NODE),
            s.get(Keys.SESSIONS_MAX_STATE_BYTES),
            s.get(Keys.SESSIONS_MAX_CALLS_PER_NODE),
            s.get(Keys.SESSIONS_MAX_CALLS_PER_SECOND)),
        cluster(s, clustered),
        new NodeConfig.Tracing(
            s.get(Keys.TRACING_ENABLED),
            s.get(Keys.TRACING_SAMPLE_RATIO),
            s.get(Keys.TRACING_MAX_TRACES),
            s.get(Keys.TRACING_OTLP_ENDPOINT)),
        new NodeConfig.Admin(s.get(Keys.ADMIN_TOKEN)),
        new NodeConfig.Features(s.get(Keys.FEATURES_DEMO)),
        new NodeConfig.Plugins(s.get(Keys.PLUGINS_DIR)));
  }

  private static NodeConfig.Http http(Settings s) {
    return new NodeConfig.Http(
        s.get(Keys.HTTP_HOST),
        s.get(Keys.HTTP_PORT),
        s.get(Keys.HTTP_PATH),
        s.get(Keys.HTTP_ALLOWED_ORIGINS),
        s.get(Keys.HTTP_MAX_BODY_BYTES),
        new NodeConfig.Tls(s.find(Keys.HTTP_TLS_CERT), s.find(Keys.HTTP_TLS_KEY)),
        s.get(Keys.HTTP_MAX_CONNECTIONS),
        s.get(Keys.HTTP_IDLE_TIMEOUT),
        s.get(Keys.HTTP_REQUEST_TIMEOUT));
  }

  private static NodeConfig.Cluster cluster(Settings s, boolean clustered) {
    return new NodeConfig.Cluster(
        clustered,
        s.get(Keys.CLUSTER_HOST),
        s.get(Keys.CLUSTER_PORT),
        s.get(Keys.CLUSTER_NODES),
        s.get(Keys.CLUSTER_COOKIE),
        s.get(Keys.CLUSTER_REPLICATION_FACTOR),
        s.get(Keys.CLUSTER_HEARTBEAT_INTERVAL),
        s.get(Keys.CLUSTER_FAILED_PING_THRESHOLD),
        s.get(Keys.CLUSTER_PROCESS_COUNT_THRESHOLD),
        s.get(Keys.CLUSTER_PARTITION_THRESHOLD),
        s.get(Keys.CLUSTER_SPLIT_BRAIN_STRATEGY),
        s.get(Keys.CLUSTER_MASTER_NODE),
        s.get(Keys.CLUSTER_MAX_HEALTH_HISTORY),
        s.get(Keys.CLUSTER_DRAIN_TIMEOUT),
        s.get(Keys.CLUSTER_MAX_IN_FLIGHT_PER_PEER),
        s.get(Keys.CLUSTER_MIGRATION_RATE));
  }
}
