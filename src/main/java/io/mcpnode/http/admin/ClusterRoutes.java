package io.mcpnode.http.admin;

import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.membership.HostAndPort;
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
      try {
        HostAndPort.parse(node);
      } catch (IllegalArgumentException wrong) {
        throw OperatorError.invalid("nodes: " + wrong.getMessage());
      }
    }
    Responses.sendLater(context, 202, cluster.connect(nodes), Rendering::connections);
  }
}
