package io.mcpnode.affinity;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which nodes take over. Pure; nodes are given by name, those that may serve and do not drain. */
final class Placement {

  private Placement() {}

  /**
   * The nodes that take over a record when its owner is lost, in order: rendezvous hashing, so that
   * every node computes the same ones and the loss of a node changes nothing for records that did
   * not name it (Thaler and Ravishankar, "Using Name-Based Mappings to Increase Hit Rates", 1998).
   */
  static List<String> backups(String key, String owner, Collection<String> nodes, int count) {
    return nodes.stream()
        .filter(node -> !node.equals(owner))
        .sorted(
            Comparator.comparingLong((String node) -> weight(key, node))
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /** Who takes over: the first backup that can, else the node with the least load, else nobody. */
  static @Nullable String successor(
      List<String> backups, Set<String> nodes, ToIntFunction<String> load) {
    for (String backup : backups) {
      if (nodes.contains(backup)) {
        return backup;
      }
    }
    return nodes.stream()
        .min(Comparator.comparingInt(load).thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  private static long weight(String key, String node) {
    // FNV-1a over both, then the finalizer of SplitMix64: without it, names that differ in the last
    // letter are close.
    long hash = 0xcbf29ce484222325L;
    for (byte b : (key + '\n' + node).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
