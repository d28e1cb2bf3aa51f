package io.mcpnode.membership;

import java.util.Locale;

/** What a node says of itself. */
public enum NodeState {
  SERVING,
  /** It takes no new state and moves away what it has. */
  DRAINING,
  /** It is on the wrong side of a partition, or not sure: it serves nothing that has state. */
  QUARANTINED,
  /** Quarantined, and the records it had are not all in the cluster yet that it joined again. */
  MERGING;

  /** As operators read it. */
  public String text() {
    return (this == MERGING ? QUARANTINED : this).name().toLowerCase(Locale.ROOT);
  }
}
