package io.mcpnode.membership;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** What this node tells of itself; given after the start by those who know. Any thread. */
final class OwnState {

  private volatile IntSupplier load = () -> 0;
  private volatile BooleanSupplier quarantined = () -> false;
  private volatile BooleanSupplier merging = () -> false;
  private volatile boolean draining;
  private volatile boolean leaving;

  void load(IntSupplier load) {
    this.load = load;
  }

  void quarantined(BooleanSupplier quarantined) {
    this.quarantined = quarantined;
  }

  void merging(BooleanSupplier merging) {
    this.merging = merging;
  }

  void draining(boolean draining) {
    this.draining = draining;
  }

  /** From now on it drains, whatever becomes of its quorum. */
  void leaving() {
    leaving = true;
  }

  int load() {
    return load.getAsInt();
  }

  NodeState state() {
    if (merging.getAsBoolean()) {
      return NodeState.MERGING;
    }
    if (quarantined.getAsBoolean() && !leaving) {
      return NodeState.QUARANTINED;
    }
    return draining || leaving ? NodeState.DRAINING : NodeState.SERVING;
  }
}
