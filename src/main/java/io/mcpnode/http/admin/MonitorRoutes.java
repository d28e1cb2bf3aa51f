package io.mcpnode.http.admin;

import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.ClusterMonitor;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Health of nodes, figures of the cluster, thresholds: reads, asks the monitor, renders. */
final class MonitorRoutes {

  private static final String FAILED_PING = "failedPingThreshold";
  private static final String PROCESS_COUNT = "processCountThreshold";
  private static final String PARTITION = "partitionThreshold";

  private final ClusterMonitor monitor;

  MonitorRoutes(ClusterMonitor monitor) {
    this.monitor = monitor;
  }

  void health(RoutingContext context) {
    boolean fresh = new StrictQuery(context).flag("fresh");
    Responses.sendLater(
        context,
        200,
        monitor.health(context.pathParam("node"), fresh),
        MonitorRendering::nodeWithHistory);
  }

  void metrics(RoutingContext context) {
    Responses.sendLater(
        context,
        200,
        monitor.metrics(),
        metrics -> MonitorRendering.metrics(metrics, monitor.thresholds()));
  }

  void thresholds(RoutingContext context) {
    Responses.send(context, 200, MonitorRendering.thresholds(monitor.thresholds()));
  }

  void setThresholds(RoutingContext context) {
    JsonFields fields = JsonFields.of(context, FAILED_PING, PROCESS_COUNT, PARTITION);
    Integer failedPing = fields.integer(FAILED_PING);
    Integer processCount = fields.integer(PROCESS_COUNT);
    Integer partition = fields.integer(PARTITION);
    if (failedPing == null && processCount == null && partition == null) {
      throw OperatorError.invalid(
          "body: no threshold (expected: "
              + FAILED_PING
              + ", "
              + PROCESS_COUNT
              + " or "
              + PARTITION
              + ")");
    }
    Future<Thresholds> changed =
        monitor
            .change(
                now ->
                    new Thresholds(
                        or(failedPing, now.failedPing()),
                        or(processCount, now.processCount()),
                        or(partition, now.partition())))
            .recover(
                problem ->
                    Future.failedFuture(
                        problem instanceof IllegalArgumentException
                            ? OperatorError.invalid(String.valueOf(problem.getMessage()))
                            : problem));
    Responses.sendLater(context, 200, changed, MonitorRendering::thresholds);
  }

  private static int or(@Nullable Integer wanted, int now) {
    return wanted == null ? now : wanted;
  }
}
