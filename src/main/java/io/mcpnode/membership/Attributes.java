package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a node tells the others when it joins, as Hazelcast's member attributes.
 *
 * @param since when it started, epoch milliseconds
 */
record Attributes(NodeId id, String version, int httpPort, long since) {

  private static final String NODE = "mcp.node";
  private static final String VERSION = "mcp.version";
  private static final String HTTP_PORT = "mcp.http";
  private static final String SINCE = "mcp.since";

  Map<String, String> toMap() {
    return Map.of(
        NODE, id.toString(),
        VERSION, version,
        HTTP_PORT, Integer.toString(httpPort),
        SINCE, Long.toString(since));
  }

  /** Null if the member is not a node of ours. */
  static @Nullable Attributes of(UnaryOperator<@Nullable String> attributes) {
    @Nullable String node = attributes.apply(NODE);
    @Nullable String version = attributes.apply(VERSION);
    @Nullable String http = attributes.apply(HTTP_PORT);
    @Nullable String since = attributes.apply(SINCE);
    if (node == null || version == null || http == null || since == null) {
      return null;
    }
    return new Attributes(
        NodeId.parse(node), version, Integer.parseInt(http), Long.parseLong(since));
  }
}
