package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Of a node without a cluster: there is nobody to be cut off from. */
public record WholeCluster(String node, SplitBrainStrategy strategy) implements Partitions {

  @Override
  public Future<Report> report() {
    return Future.succeededFuture(lastReport());
  }

  @Override
  public Report lastReport() {
    return new Report(
        false,
        Finding.Kind.NONE.text(),
        List.of(List.of(node)),
        List.of(node),
        List.of(node),
        strategy,
        "whole",
        "this node is not clustered",
        Map.of(node, List.of()),
        List.of(),
        List.of(),
        List.of(),
        0,
        0,
        Map.of(),
        List.of(),
        Merged.NOTHING);
  }

  @Override
  public Future<Resolution> resolve(SplitBrainStrategy asked, boolean dryRun) {
    return Future.succeededFuture(
        new Resolution(
            asked,
            List.of(node),
            List.of(node),
            "whole",
            dryRun,
            false,
            "this node is not clustered"));
  }
}
