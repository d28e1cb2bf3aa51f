package io.mcpnode.affinity;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who gives how many records to whom, so that all have the same number, or one more. As few move as
 * possible: who has most keeps the one more. The same for the same numbers, whoever asks. Pure.
 *
 * @param gives from → to → how many; nobody both gives and takes
 */
record SharePlan(Map<String, Map<String, Long>> gives) {

  /** Differences that are not worth a move: below one in so many, and below {@link #LEAST}. */
  private static final long TOLERANCE = 10;

  private static final long LEAST = 10;

  private record Want(String node, long records) {}

  /**
   * @param owned by each node that takes part
   */
  static SharePlan even(Map<String, Long> owned) {
    Map<String, Map<String, Long>> gives = new LinkedHashMap<>();
    List<Want> mostFirst =
        owned.entrySet().stream()
            .map(entry -> new Want(entry.getKey(), entry.getValue()))
            .sorted(Comparator.comparingLong(Want::records).reversed().thenComparing(Want::node))
            .toList();
    long total = owned.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Long> wanting = new LinkedHashMap<>();
    Map<String, Long> having = new LinkedHashMap<>();
    for (int i = 0; i < mostFirst.size(); i++) {
      Want node = mostFirst.get(i);
      long share = total / mostFirst.size() + (i < total % mostFirst.size() ? 1 : 0);
      if (node.records() > share) {
        having.put(node.node(), node.records() - share);
      } else if (node.records() < share) {
        wanting.put(node.node(), share - node.records());
      }
    }
    having.forEach((giver, records) -> gives.put(giver, take(wanting, records)));
    return new SharePlan(gives);
  }

  private static Map<String, Long> take(Map<String, Long> wanting, long records) {
    Map<String, Long> taken = new LinkedHashMap<>();
    long left = records;
    for (String taker : List.copyOf(wanting.keySet())) {
      long some = Math.min(left, wanting.getOrDefault(taker, 0L));
      if (some > 0) {
        taken.put(taker, some);
        left -= some;
        wanting.merge(taker, -some, Long::sum);
      }
    }
    return taken;
  }

  long records() {
    return gives.values().stream()
        .flatMap(to -> to.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Is somebody so far from the average that records shall move without being told to? By more than
   * a tenth of it, and more than ten.
   */
  static boolean isUneven(Map<String, Long> owned) {
    if (owned.isEmpty()) {
      return false;
    }
    long total = owned.values().stream().mapToLong(Long::longValue).sum();
    double average = (double) total / owned.size();
    return owned.values().stream()
        .anyMatch(
            records ->
                Math.abs(records - average) > LEAST
                    && Math.abs(records - average) * TOLERANCE > average);
  }
}
