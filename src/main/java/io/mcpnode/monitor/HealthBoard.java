package io.mcpnode.monitor;

import io.mcpnode.membership.Health;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.wire.NodeId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** The health of each member, as this node sees it now. Any thread. */
final class HealthBoard {

  private final Membership membership;
  private final Supplier<Thresholds> thresholds;
  private final ConcurrentMap<NodeId, Integer> work = new ConcurrentHashMap<>();

  HealthBoard(Membership membership, Supplier<Thresholds> thresholds) {
    this.membership = membership;
    this.thresholds = thresholds;
  }

  /** What a node has in progress, as it told last. */
  void works(NodeId node, int work) {
    this.work.put(node, work);
  }

  void gone(NodeId node) {
    work.remove(node);
  }

  Health of(NodeId node) {
    return Health.of(membership.missedPings(node), work.getOrDefault(node, 0), thresholds.get());
  }
}
