package io.mcpnode.http.admin;

import io.mcpnode.affinity.SessionAdmin;
import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /cluster/sessions}, drains and rebalancing: reads the request, asks {@link SessionAdmin},
 * renders.
 */
final class SessionRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final SessionAdmin sessions;
  private final ClusterStatus cluster;

  /**
   * @param cluster knows which nodes there are
   */
  SessionRoutes(SessionAdmin sessions, ClusterStatus cluster) {
    this.sessions = sessions;
    this.cluster = cluster;
  }

  void list(RoutingContext context) {
    StrictQuery query = new StrictQuery(context);
    String node = query.name("node");
    String cursor = query.text("cursor");
    int limit = query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    Responses.sendLater(
        context,
        200,
        sessions.list(node, cursor, limit).map(page -> known(node, page)),
        Rendering::page);
  }

  /** A node that nobody knows owns nothing, and that would say that a real one is empty. */
  private SessionAdmin.Page known(@Nullable String node, SessionAdmin.Page page) {
    if (node == null || !page.sessions().isEmpty()) {
      return page;
    }
    List<String> names =
        cluster.status().nodes().stream()
            .filter(ClusterStatus.NodeStatus::isNode)
            .map(ClusterStatus.NodeStatus::node)
            .toList();
    if (names.contains(node)) {
      return page;
    }
    throw new OperatorError(
        404, "not_found", "node: \"" + node + "\" (expected: one of " + names + ")");
  }

  void one(RoutingContext context) {
    Responses.sendLater(context, 200, sessions.one(id(context)), Rendering::placed);
  }

  void migrate(RoutingContext context) {
    JsonFields fields = JsonFields.of(context, "target", "backups");
    String target = fields.string("target");
    List<String> backups = fields.strings("backups");
    Responses.sendLater(
        context, 200, sessions.migrate(id(context), target, backups), Rendering::placed);
  }

  void backup(RoutingContext context) {
    JsonFields.of(context);
    Responses.sendLater(context, 200, sessions.backup(id(context)), Rendering::placed);
  }

  void failover(RoutingContext context) {
    String failedNode = JsonFields.of(context, "failedNode").string("failedNode");
    String id = id(context);
    Responses.sendLater(
        context,
        200,
        sessions
            .failover(id, failedNode)
            .recover(problem -> alreadyTakenOver(id, failedNode, problem)),
        Rendering::placed);
  }

  /** The cluster takes over what a dead node had by itself, mostly before anybody asks for it. */
  private Future<SessionAdmin.Placed> alreadyTakenOver(
      String id, String failedNode, Throwable problem) {
    boolean invalid = problem instanceof WireException wrong && wrong.failure() == Failure.INVALID;
    if (!invalid || !isDown(failedNode)) {
      return Future.failedFuture(problem);
    }
    return sessions
        .one(id)
        .compose(
            placed ->
                placed.owner().equals(failedNode)
                    ? Future.failedFuture(problem)
                    : Future.succeededFuture(placed));
  }

  private boolean isDown(String node) {
    return cluster.status().nodes().stream()
        .filter(ClusterStatus.NodeStatus::isNode)
        .anyMatch(known -> known.node().equals(node) && known.status().equals("down"));
  }

  void drain(RoutingContext context) {
    JsonFields.of(context);
    Responses.sendLater(context, 202, sessions.drain(context.pathParam("node")), Rendering::drain);
  }

  void undrain(RoutingContext context) {
    JsonFields.of(context);
    Responses.sendLater(
        context, 200, sessions.undrain(context.pathParam("node")), Rendering::drain);
  }

  void rebalance(RoutingContext context) {
    JsonFields.of(context);
    Responses.sendLater(context, 202, sessions.rebalance(), Rendering::rebalance);
  }

  void rebalancing(RoutingContext context) {
    Responses.sendLater(context, 200, sessions.rebalancing(), Rendering::rebalance);
  }

  private static String id(RoutingContext context) {
    return context.pathParam("id");
  }
}
