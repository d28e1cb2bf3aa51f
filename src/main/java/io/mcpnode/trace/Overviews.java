package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line per trace, from what each node knows of its part. */
final class Overviews {

  private Overviews() {}

  /** Newest first. */
  static List<Traces.Overview> of(List<Head> heads, int limit) {
    Map<String, List<Head>> byTrace = new LinkedHashMap<>();
    heads.forEach(
        head -> byTrace.computeIfAbsent(head.traceId(), id -> new ArrayList<>()).add(head));
    return byTrace.values().stream()
        .map(Overviews::overview)
        .sorted(Comparator.comparingLong(Traces.Overview::startNanos).reversed())
        .limit(limit)
        .toList();
  }

  private static Traces.Overview overview(List<Head> parts) {
    @Nullable Head root =
        parts.stream()
            .filter(head -> head.root() != null)
            .min(Comparator.comparingLong(Head::startNanos))
            .orElse(null);
    long start = parts.stream().mapToLong(Head::startNanos).min().orElse(0);
    long end = parts.stream().mapToLong(Head::endNanos).max().orElse(0);
    return new Traces.Overview(
        parts.get(0).traceId(),
        root == null ? null : root.root(),
        start,
        end - start,
        parts.stream().map(Head::node).distinct().sorted().toList(),
        parts.stream().mapToInt(Head::spans).sum(),
        parts.stream().anyMatch(head -> head.errors() > 0));
  }
}
