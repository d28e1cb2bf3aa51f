package io.mcpnode.http.admin;

import io.mcpnode.membership.ClusterStatus;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /cluster/status} and {@code /cluster/connect}. */
final class ClusterRoutes {

  private final ClusterStatus cluster;

  ClusterRoutes(ClusterStatus cluster) {
    this.cluster = cluster;
  }

  void status(RoutingContext context) {
    Responses.send(context, 200, Rendering.status(cluster.status()));
  }

  void connect(RoutingContext context) {
    List<String> nodes = JsonFields.of(context, "nodes").strings("nodes");
    if (nodes.isEmpty()) {
      throw OperatorError.invalid("nodes: none (expected: at least one host:port)");
    }
    for (String node : nodes) {
      if (!node.matches("(\\[[0-9a-fA-F:.]+]|[^:\\s/]+):[0-9]{1,5}")
          || Integer.parseInt(node.substring(node.lastIndexOf(':') + 1)) > 65535) {
        throw OperatorError.invalid(
            "nodes: \""
                + node.substring(0, Math.min(100, node.length()))
                + "\" (expected: host:port)");
      }
    }
    Responses.sendLater(context, 202, cluster.connect(nodes), Rendering::connections);
  }
}
