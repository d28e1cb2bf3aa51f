package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.SpanRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trace comes to.
 *
 * @param durationNanos from the first beginning to the last end
 * @param errors spans that failed
 * @param criticalPath from the top, of the children always the one that ended last
 */
public record TraceSummary(
    List<String> nodes,
    int spans,
    int errors,
    long startNanos,
    long durationNanos,
    List<Step> criticalPath) {

  /**
   * @param ownNanos without what happened within it
   */
  public record Step(String spanId, String name, String node, long durationNanos, long ownNanos) {}

  static TraceSummary of(SpanTree tree) {
    List<SpanRecord> all = new ArrayList<>();
    collect(tree, all);
    long start = all.stream().mapToLong(SpanRecord::startNanos).min().orElse(0);
    long end = all.stream().mapToLong(SpanRecord::endNanos).max().orElse(0);
    return new TraceSummary(
        all.stream().map(SpanRecord::node).distinct().sorted().toList(),
        all.size(),
        (int) all.stream().filter(span -> span.error() != null).count(),
        start,
        end - start,
        criticalPath(tree));
  }

  private static void collect(SpanTree tree, List<SpanRecord> into) {
    SpanRecord span = tree.span();
    if (span != null) {
      into.add(span);
    }
    tree.children().forEach(child -> collect(child, into));
  }

  private static List<Step> criticalPath(SpanTree tree) {
    List<Step> path = new ArrayList<>();
    @Nullable SpanTree at = tree;
    while (at != null) {
      SpanRecord span = at.span();
      if (span != null) {
        path.add(
            new Step(span.spanId(), span.name(), span.node(), span.durationNanos(), at.ownNanos()));
      }
      at = at.children().stream().max(Comparator.comparingLong(SpanTree::endNanos)).orElse(null);
    }
    return List.copyOf(path);
  }
}
