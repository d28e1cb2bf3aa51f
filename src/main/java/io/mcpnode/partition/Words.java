package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom each node that counts hears, by its last word. A node that is out of reach is taken at the
 * last word that came from it; one that has never said anything is taken to hear everybody. One
 * thread.
 */
final class Words {

  private final NodeId self;
  private final Map<NodeId, Set<NodeId>> last = new HashMap<>();
  private Reachability reachability = new Reachability(Map.of());

  Words(NodeId self) {
    this.self = self;
  }

  /**
   * @param said of nodes that have a word now, whom they hear
   * @param counting who counts; what others have said is forgotten
   */
  void take(Map<NodeId, List<NodeId>> said, Set<NodeId> counting) {
    said.forEach((node, hears) -> last.put(node, Set.copyOf(hears)));
    last.keySet().retainAll(counting);
    Map<NodeId, Set<NodeId>> hears = new HashMap<>();
    for (NodeId node : counting) {
      hears.put(node, last.getOrDefault(node, counting));
    }
    reachability = new Reachability(hears);
  }

  Reachability reachability() {
    return reachability;
  }

  /** Those whose word is fresh: this node, and whom it hears. */
  Set<NodeId> fresh() {
    Set<NodeId> fresh = new TreeSet<>(last.getOrDefault(self, Set.of()));
    fresh.add(self);
    return fresh;
  }
}
