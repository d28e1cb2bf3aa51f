package io.mcpnode.http.admin;

import io.mcpnode.affinity.SessionAdmin;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * {@code /cluster/sessions}, drains and rebalancing: reads the request, asks {@link SessionAdmin},
 * renders.
 */
final class SessionRoutes {

  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1000;

  private final SessionAdmin sessions;

  SessionRoutes(SessionAdmin sessions) {
    this.sessions = sessions;
  }

  void list(RoutingContext context) {
    StrictQuery query = StrictQuery.of(context, "cursor", "limit", "node");
    Responses.sendLater(
        context,
        200,
        sessions.list(
            query.text("node"),
            query.text("cursor"),
            query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)),
        Rendering::page);
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
    Responses.sendLater(
        context, 200, sessions.failover(id(context), failedNode), Rendering::placed);
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
