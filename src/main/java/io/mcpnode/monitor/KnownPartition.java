package io.mcpnode.monitor;

import io.mcpnode.membership.Departure;
import io.mcpnode.partition.QuorumGate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A partition as far as membership and the quorum gate know of it. */
final class KnownPartition {

  private KnownPartition() {}

  /**
   * @param leaving this node shuts its gate on purpose
   * @param unheard who does not hear whom; null if all hear all
   */
  static @Nullable String detected(
      QuorumGate gate, boolean leaving, List<Roster.Lost> lost, @Nullable String unheard) {
    List<String> findings = new ArrayList<>();
    if (!leaving && !gate.isOpen()) {
      findings.add("this side must not write: " + gate.reason());
    }
    List<String> unreachable =
        lost.stream()
            .filter(node -> node.how() == Departure.UNREACHABLE)
            .map(Roster.Lost::name)
            .sorted()
            .toList();
    if (!unreachable.isEmpty()) {
      findings.add("not reachable, and not proven dead: " + String.join(", ", unreachable));
    }
    if (unheard != null) {
      findings.add(unheard);
    }
    return findings.isEmpty() ? null : String.join("; ", findings);
  }
}
