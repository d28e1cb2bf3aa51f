package io.mcpnode.monitor;

import java.util.List;

/**
 * Answers to clients since the start.
 *
 * @param errors of these, the ones that were errors
 * @param bounds upper bounds of the latencies' classes in microseconds, ascending; the last class
 *     has none
 * @param counts answers in each class, one more than there are bounds
 */
public record RequestTotals(long answers, long errors, List<Long> bounds, List<Long> counts) {

  public static final RequestTotals NONE = new RequestTotals(0, 0, List.of(), List.of(0L));

  public RequestTotals {
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
    if (counts.size() != bounds.size() + 1) {
      throw new IllegalArgumentException(
          "counts: " + counts.size() + " (expected: " + (bounds.size() + 1) + ")");
    }
  }
}
