package io.mcpnode.http.admin;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.monitor.ClusterMonitor;
import io.mcpnode.partition.Partitions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code /cluster/partition}: what this node sees and decides. Field names are part of the product.
 */
final class PartitionRoutes {

  private static final Map<String, SplitBrainStrategy> STRATEGIES =
      new TreeMap<>(
          Map.of(
              "majority", SplitBrainStrategy.MAJORITY,
              "winner_takes_all", SplitBrainStrategy.MAJORITY,
              "oldest_node", SplitBrainStrategy.OLDEST_NODE,
              "configured_master", SplitBrainStrategy.CONFIGURED_MASTER));

  private final Partitions partitions;
  private final ClusterMonitor monitor;

  /**
   * @param monitor knows from when on a partition is an alert
   */
  PartitionRoutes(Partitions partitions, ClusterMonitor monitor) {
    this.partitions = partitions;
    this.monitor = monitor;
  }

  void show(RoutingContext context) {
    Responses.sendLater(context, 200, partitions.report(), this::report);
  }

  void resolve(RoutingContext context) {
    JsonFields fields = JsonFields.of(context, "strategy", "dryRun");
    String name = fields.string("strategy");
    SplitBrainStrategy strategy = STRATEGIES.get(name);
    if (strategy == null) {
      throw OperatorError.invalid(
          "strategy: \""
              + name.substring(0, Math.min(100, name.length()))
              + "\" (expected: one of "
              + STRATEGIES.keySet()
              + ")");
    }
    Responses.sendLater(
        context,
        200,
        partitions.resolve(strategy, fields.flag("dryRun")),
        PartitionRoutes::resolution);
  }

  private JsonObject report(Partitions.Report report) {
    boolean alert = report.detected() && report.detections() >= monitor.thresholds().partition();
    JsonArray groups = new JsonArray();
    JsonArray minorities = new JsonArray();
    for (List<String> group : report.groups()) {
      groups.add(new JsonArray(group));
      if (!group.equals(report.majority())) {
        minorities.add(new JsonArray(group));
      }
    }
    JsonObject sees = new JsonObject();
    report.sees().forEach((node, others) -> sees.put(node, new JsonArray(others)));
    JsonObject refused = new JsonObject();
    report.refused().forEach(refused::put);
    JsonArray gone = new JsonArray();
    for (Partitions.Gone it : report.gone()) {
      gone.add(
          new JsonObject()
              .put("node", it.node())
              .put("how", it.how())
              .put("since", time(it.since())));
    }
    JsonArray decided = new JsonArray();
    for (Partitions.Decision it : report.decided()) {
      decided.add(new JsonObject().put("at", time(it.at())).put("what", it.what()));
    }
    return new JsonObject()
        .put("partitionDetected", report.detected())
        .put("kind", report.kind())
        .put("isolatedGroups", groups)
        .put("majorityGroup", new JsonArray(report.majority()))
        .put("minorityGroups", minorities)
        .put("resolutionStrategy", strategy(report.strategy()))
        .put("survivingGroup", new JsonArray(report.survivors()))
        .put("verdict", report.verdict())
        .put("reason", report.why())
        .put("sees", sees)
        .put("oneWay", pairs(report.oneWay(), "from", "to"))
        .put("indirect", pairs(report.indirect(), "a", "b"))
        .put("gone", gone)
        .put("since", report.since() == 0 ? null : time(report.since()))
        .put("consecutiveDetections", report.detections())
        .put("alert", alert)
        .put("refused", refused)
        .put("decided", decided)
        .put(
            "merged",
            new JsonObject()
                .put("brought", report.merged().brought())
                .put("replaced", report.merged().replaced())
                .put("kept", report.merged().kept())
                .put("last", new JsonArray(report.merged().last())));
  }

  private static JsonArray pairs(List<Partitions.Pair> pairs, String first, String second) {
    JsonArray all = new JsonArray();
    for (Partitions.Pair pair : pairs) {
      all.add(new JsonObject().put(first, pair.from()).put(second, pair.to()));
    }
    return all;
  }

  private static JsonObject resolution(Partitions.Resolution resolution) {
    return new JsonObject()
        .put("strategy", strategy(resolution.strategy()))
        .put("survivingGroup", new JsonArray(resolution.survivors()))
        .put("thisSide", new JsonArray(resolution.thisSide()))
        .put("verdict", resolution.verdict())
        .put("dryRun", resolution.dryRun())
        .put("applied", resolution.applied())
        .put("reason", resolution.why());
  }

  private static String strategy(SplitBrainStrategy strategy) {
    return strategy.name().toLowerCase(Locale.ROOT);
  }

  private static String time(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }
}
