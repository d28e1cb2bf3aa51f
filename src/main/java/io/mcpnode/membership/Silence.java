package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who has been silent for so long that it is given up. Counted in looks of this node, so that a
 * pause of this node is no silence of the others. One thread.
 */
final class Silence {

  /** One look without news is none yet: beats and looks come at the same rate. */
  private static final int BEGUN = 3;

  /** With a look every 300 ms, 4.8 to 5.1 s after the last beat. */
  static final int LIMIT = 16;

  private record Wait(long heard, int looks) {}

  private Map<NodeId, Wait> waits = Map.of();

  /**
   * At every look. Nobody is given up while another one falls silent: of those that a cut separates
   * the last one is waited for, so that all of them go at once.
   *
   * @param heard when the last beat of each member came
   * @return who is to be given up now
   */
  Set<NodeId> look(Map<NodeId, Long> heard) {
    Map<NodeId, Wait> next = new HashMap<>();
    Set<NodeId> due = new HashSet<>();
    boolean oneFallsSilent = false;
    for (Map.Entry<NodeId, Long> beat : heard.entrySet()) {
      long at = beat.getValue();
      Wait before = waits.getOrDefault(beat.getKey(), new Wait(at, -1));
      int looks = before.heard == at ? before.looks + 1 : 0;
      next.put(beat.getKey(), new Wait(at, looks));
      if (looks >= LIMIT) {
        due.add(beat.getKey());
      }
      oneFallsSilent |= looks >= BEGUN && looks < LIMIT;
    }
    waits = next;
    return oneFallsSilent ? Set.of() : due;
  }
}
