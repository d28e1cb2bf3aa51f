package io.mcpnode.http.admin;

import io.mcpnode.affinity.SessionAdmin;
import io.mcpnode.membership.ClusterStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What operators see, as JSON. The field names are part of the product. */
final class Rendering {

  private Rendering() {}

  static JsonObject status(ClusterStatus.Status status) {
    JsonArray nodes = new JsonArray();
    for (ClusterStatus.NodeStatus node : status.nodes()) {
      nodes.add(
          new JsonObject()
              .put("node", node.node())
              .put("status", node.status())
              .put("health", node.health())
              .put("state", node.state())
              .put("incarnation", node.incarnation())
              .put("since", time(node.since()))
              .put("reason", node.reason())
              .put("sessions", node.sessions())
              .put("rttMicros", node.rttMicros())
              .put("version", node.version()));
    }
    return new JsonObject().put("view", status.view()).put("nodes", nodes);
  }

  static JsonObject connections(List<ClusterStatus.Connection> connections) {
    JsonArray nodes = new JsonArray();
    for (ClusterStatus.Connection connection : connections) {
      nodes.add(
          new JsonObject()
              .put("node", connection.node())
              .put("result", connection.result())
              .put("reason", connection.reason()));
    }
    return new JsonObject().put("nodes", nodes);
  }

  static JsonObject page(SessionAdmin.Page page) {
    JsonArray sessions = new JsonArray();
    page.sessions().forEach(placed -> sessions.add(placed(placed)));
    return new JsonObject().put("sessions", sessions).put("cursor", page.cursor());
  }

  static JsonObject placed(SessionAdmin.Placed placed) {
    return new JsonObject()
        .put("id", placed.id())
        .put("kind", placed.kind())
        .put("owner", placed.owner())
        .put("backups", new JsonArray(placed.backups()))
        .put("epoch", placed.epoch())
        .put("version", placed.version())
        .put("stateBytes", placed.stateBytes())
        .put("replicasWanted", placed.replicasWanted())
        .put("replicasPresent", placed.replicas().size())
        .put("replicas", new JsonArray(placed.replicas()))
        .put("createdAt", time(placed.createdAt()))
        .put("lastAccess", time(placed.lastAccess()));
  }

  static JsonObject drain(SessionAdmin.Drain drain) {
    return new JsonObject()
        .put("node", drain.node())
        .put("state", drain.state())
        .put("moved", drain.moved())
        .put("remaining", drain.remaining());
  }

  static JsonObject rebalance(SessionAdmin.Rebalance rebalance) {
    JsonArray nodes = new JsonArray();
    for (SessionAdmin.Share share : rebalance.nodes()) {
      nodes.add(
          new JsonObject()
              .put("node", share.node())
              .put("state", share.state())
              .put("sessions", share.records())
              .put("moved", share.moved())
              .put("remaining", share.remaining()));
    }
    return new JsonObject().put("state", rebalance.state()).put("nodes", nodes);
  }

  static JsonObject readiness(Readiness readiness) {
    return new JsonObject()
        .put("status", readiness.state().word())
        .put("reason", readiness.reason());
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
