package io.mcpnode.monitor;

import io.mcpnode.membership.Health;
import io.mcpnode.membership.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** When something is an alert. */
final class AlertRules {

  /** Copies may be missing for so long: they are being made. */
  static final long REPLICAS_PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(30);

  private AlertRules() {}

  /**
   * What one node knows at one moment.
   *
   * @param now epoch milliseconds
   * @param health of the other members by name
   * @param partition what divides the network, null if nothing
   * @param detections of a partition in a row
   * @param missingSince since when copies of what this node owns are missing; 0: none is
   * @param limits reached lately
   */
  record Situation(
      long now,
      String self,
      Map<String, Health> health,
      List<Roster.Lost> lost,
      @Nullable String partition,
      int detections,
      Replicas replicas,
      long missingSince,
      List<String> limits) {}

  static List<Alert> holding(Situation now, Thresholds thresholds) {
    List<Alert> alerts = new ArrayList<>();
    if (now.partition() != null && now.detections() >= thresholds.partition()) {
      alerts.add(new Alert(Alert.Type.PARTITION, now.self(), now.partition(), now.now()));
    }
    now.health()
        .forEach(
            (node, health) -> {
              if (health == Health.UNHEALTHY) {
                alerts.add(unhealthy(node, node + " does not answer", now.now()));
              }
            });
    for (Roster.Lost lost : now.lost()) {
      if (!now.health().containsKey(lost.name())) {
        alerts.add(unhealthy(lost.name(), lost.name() + " " + lost.reason(), now.now()));
      }
    }
    if (now.missingSince() > 0 && now.now() - now.missingSince() >= REPLICAS_PATIENCE_MILLIS) {
      alerts.add(
          new Alert(
              Alert.Type.REPLICAS_MISSING,
              now.self(),
              now.replicas().present()
                  + " of "
                  + now.replicas().wanted()
                  + " copies of what "
                  + now.self()
                  + " owns exist",
              now.now()));
    }
    for (String limit : now.limits()) {
      alerts.add(
          new Alert(
              Alert.Type.LIMIT_REACHED,
              now.self() + " " + limit,
              now.self() + " reached a limit: " + limit,
              now.now()));
    }
    return alerts;
  }

  private static Alert unhealthy(String node, String message, long now) {
    return new Alert(Alert.Type.NODE_UNHEALTHY, node, message, now);
  }
}
