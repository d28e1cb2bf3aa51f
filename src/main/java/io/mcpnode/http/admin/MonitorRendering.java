package io.mcpnode.http.admin;

import io.mcpnode.membership.Health;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.Alert;
import io.mcpnode.monitor.ClusterEvent;
import io.mcpnode.monitor.ClusterMonitor;
import io.mcpnode.monitor.Sample;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** What the monitor knows, as JSON. The field names are part of the product. */
final class MonitorRendering {

  /** What a node tells of itself. */
  private static final List<String> READING =
      List.of(
          "workInProgress",
          "calls",
          "requests",
          "eventLoopLagMicros",
          "memory",
          "sessions",
          "replicasWanted",
          "replicasPresent",
          "reaches",
          "requestsPerSecond",
          "errorsPerSecond",
          "p50Micros",
          "p99Micros");

  private MonitorRendering() {}

  static JsonObject metrics(ClusterMonitor.Metrics metrics, Thresholds thresholds) {
    JsonArray nodes = new JsonArray();
    metrics.nodes().forEach(node -> nodes.add(node(node)));
    JsonArray alerts = new JsonArray();
    metrics.alerts().forEach(alert -> alerts.add(alert(alert)));
    return new JsonObject()
        .put("totalNodes", metrics.nodes().size())
        .put("healthyNodes", metrics.count(Health.HEALTHY))
        .put("degradedNodes", metrics.count(Health.DEGRADED))
        .put("unhealthyNodes", metrics.count(Health.UNHEALTHY))
        .put("partitionDetected", metrics.partition() != null)
        .put("partitionReason", metrics.partition() == null ? "" : metrics.partition())
        .put("lastCheckTime", time(metrics.lastCheck()))
        .put("sessions", metrics.sessions())
        .put("replicasWanted", metrics.replicas().wanted())
        .put("replicasPresent", metrics.replicas().present())
        .put("thresholds", thresholds(thresholds))
        .put("alerts", alerts)
        .put("nodes", nodes);
  }

  static JsonObject node(ClusterMonitor.NodeHealth node) {
    JsonObject json =
        new JsonObject()
            .put("node", node.node())
            .put("health", node.health().text())
            .put("status", node.isUp() ? "up" : "down")
            .put("state", node.state())
            .put("reason", node.reason())
            .put("failedPings", node.missedPings())
            .put("ageMillis", node.ageMillis() < 0 ? null : node.ageMillis())
            .put("rttMicros", node.rttMicros());
    ClusterMonitor.Reading reading = node.reading();
    if (reading == null) {
      READING.forEach(json::putNull);
      return json;
    }
    return reading(json, reading);
  }

  private static JsonObject reading(JsonObject json, ClusterMonitor.Reading reading) {
    return json.put("workInProgress", reading.calls() + reading.requests())
        .put("calls", reading.calls())
        .put("requests", reading.requests())
        .put("eventLoopLagMicros", reading.lagMicros())
        .put(
            "memory",
            new JsonObject()
                .put("usedBytes", reading.memoryUsed())
                .put("maxBytes", reading.memoryMax()))
        .put("sessions", reading.sessions())
        .put("replicasWanted", reading.replicas().wanted())
        .put("replicasPresent", reading.replicas().present())
        .put("reaches", new JsonArray(reading.reaches()))
        .put("requestsPerSecond", rounded(reading.requestRate()))
        .put("errorsPerSecond", rounded(reading.errorRate()))
        .put("p50Micros", reading.p50Micros())
        .put("p99Micros", reading.p99Micros());
  }

  static JsonObject nodeWithHistory(ClusterMonitor.NodeHealth node) {
    JsonArray history = new JsonArray();
    node.history().forEach(sample -> history.add(sample(sample)));
    return node(node).put("history", history);
  }

  private static JsonObject sample(Sample sample) {
    return new JsonObject()
        .put("at", time(sample.at()))
        .put("health", sample.health().text())
        .put("failedPings", sample.missedPings())
        .put("workInProgress", sample.work())
        .put("eventLoopLagMicros", sample.lagMicros())
        .put("memoryUsedBytes", sample.memoryUsed())
        .put("sessions", sample.sessions())
        .put("requestsPerSecond", rounded(sample.requestRate()))
        .put("errorsPerSecond", rounded(sample.errorRate()))
        .put("p99Micros", sample.p99Micros());
  }

  private static JsonObject alert(Alert alert) {
    return new JsonObject()
        .put("type", alert.type().text())
        .put("subject", alert.subject())
        .put("message", alert.message())
        .put("since", time(alert.since()));
  }

  static JsonObject thresholds(Thresholds thresholds) {
    return new JsonObject()
        .put("failedPingThreshold", thresholds.failedPing())
        .put("processCountThreshold", thresholds.processCount())
        .put("partitionThreshold", thresholds.partition());
  }

  static JsonObject event(ClusterEvent event) {
    return new JsonObject()
        .put("type", event.type().text())
        .put("at", time(event.at()))
        .put("node", event.node())
        .put("message", event.message())
        .put("details", event.details());
  }

  private static double rounded(double rate) {
    return Math.round(rate * 100) / 100.0;
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
