package io.mcpnode.monitor;

import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who reaches whom, as the members tell. */
final class Reachability {

  private Reachability() {}

  /**
   * A line such as {@code n1 does not hear n3}; null if everybody hears everybody.
   *
   * @param told by each member whose report is recent
   * @param settled members that have been there for long enough to be heard by all
   */
  static @Nullable String gaps(Map<NodeId, Set<NodeId>> told, Set<NodeId> settled) {
    List<String> gaps = new ArrayList<>();
    told.forEach(
        (node, reaches) -> {
          List<String> missing =
              settled.stream()
                  .filter(other -> !other.equals(node) && !reaches.contains(other))
                  .map(NodeId::name)
                  .sorted()
                  .toList();
          if (settled.contains(node) && !missing.isEmpty()) {
            gaps.add(node.name() + " does not hear " + String.join(", ", missing));
          }
        });
    gaps.sort(null);
    return gaps.isEmpty() ? null : String.join("; ", gaps);
  }
}
