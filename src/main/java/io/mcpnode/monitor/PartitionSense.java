package io.mcpnode.monitor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whoever can tell whether the network is divided now. Asked once per heartbeat; must not block.
 */
public interface PartitionSense {

  /** What is wrong, in one line for operators; null while nothing is. */
  @Nullable String detected();

  /** What any of them finds, one after the other. */
  static PartitionSense any(List<PartitionSense> all) {
    return () -> {
      List<String> found = new ArrayList<>();
      for (PartitionSense sense : all) {
        @Nullable String one = sense.detected();
        if (one != null) {
          found.add(one);
        }
      }
      return found.isEmpty() ? null : String.join("; ", found);
    };
  }
}
