package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.SpanRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A span with what happened within it, in the order of its beginning. Each node has its own clock:
 * between nodes, only durations can be relied on.
 *
 * @param span null for the top of a trace that began outside of the cluster, or with a span that is
 *     lost, and of which several parts are known
 */
public record SpanTree(@Nullable SpanRecord span, List<SpanTree> children) {

  /** Deeper than any request goes; what is below stands at the top. */
  private static final int MAX_DEPTH = 100;

  private static final Comparator<SpanRecord> BY_START =
      Comparator.comparingLong(SpanRecord::startNanos).thenComparing(SpanRecord::spanId);

  /**
   * All spans in one tree. A span whose parent is not among them stands at the top.
   *
   * @param spans of one trace, at least one
   */
  static SpanTree of(List<SpanRecord> spans) {
    Map<String, SpanRecord> byId = new HashMap<>();
    spans.forEach(span -> byId.putIfAbsent(span.spanId(), span));
    Map<String, List<SpanRecord>> children = new HashMap<>();
    List<SpanRecord> tops = new ArrayList<>();
    for (SpanRecord span : byId.values()) {
      String parent = span.parentId();
      if (parent == null || !byId.containsKey(parent)) {
        tops.add(span);
      } else {
        children.computeIfAbsent(parent, id -> new ArrayList<>()).add(span);
      }
    }
    Set<String> placed = new HashSet<>();
    List<SpanTree> roots = place(tops, children, placed, 0);
    byId.values().stream()
        .filter(span -> !placed.contains(span.spanId()))
        .sorted(BY_START)
        .forEach(span -> roots.add(new SpanTree(span, List.of())));
    return roots.size() == 1 ? roots.get(0) : new SpanTree(null, List.copyOf(roots));
  }

  private static List<SpanTree> place(
      @Nullable List<SpanRecord> spans,
      Map<String, List<SpanRecord>> children,
      Set<String> placed,
      int depth) {
    List<SpanTree> trees = new ArrayList<>();
    if (spans != null && depth < MAX_DEPTH) {
      for (SpanRecord span : spans.stream().sorted(BY_START).toList()) {
        placed.add(span.spanId());
        trees.add(
            new SpanTree(span, place(children.get(span.spanId()), children, placed, depth + 1)));
      }
    }
    return trees;
  }

  /** When it ended, or the last of its children where it is only their top. */
  long endNanos() {
    SpanRecord here = span;
    return here != null
        ? here.endNanos()
        : children.stream().mapToLong(SpanTree::endNanos).max().orElse(0);
  }

  /** What it took without its children. */
  long ownNanos() {
    SpanRecord here = span;
    if (here == null) {
      return 0;
    }
    // Children may overlap, and clocks differ: never less than nothing.
    long within =
        children.stream()
            .mapToLong(child -> child.span == null ? 0 : child.span.durationNanos())
            .sum();
    return Math.max(0, here.durationNanos() - within);
  }
}
