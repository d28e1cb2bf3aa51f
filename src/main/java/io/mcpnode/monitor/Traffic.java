package io.mcpnode.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What was answered between two moments.
 *
 * @param requestRate answers per second
 * @param errorRate errors among them, per second
 * @param p50Micros estimated within its class of latencies; 0 if nothing was answered
 */
record Traffic(double requestRate, double errorRate, long p50Micros, long p99Micros) {

  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  static Traffic between(RequestTotals before, RequestTotals after, long nanos) {
    if (nanos <= 0 || before.bounds().size() != after.bounds().size()) {
      return NONE;
    }
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < after.counts().size(); i++) {
      counts.add(Math.max(0, after.counts().get(i) - before.counts().get(i)));
    }
    double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
    return new Traffic(
        Math.max(0, after.answers() - before.answers()) / seconds,
        Math.max(0, after.errors() - before.errors()) / seconds,
        quantile(0.5, after.bounds(), counts),
        quantile(0.99, after.bounds(), counts));
  }

  /** Evenly spread within a class; of the last class, which has no end, its beginning. */
  static long quantile(double share, List<Long> bounds, List<Long> counts) {
    long all = counts.stream().mapToLong(Long::longValue).sum();
    if (all == 0) {
      return 0;
    }
    double rank = share * all;
    long below = 0;
    for (int i = 0; i < bounds.size(); i++) {
      long here = counts.get(i);
      if (here > 0 && below + here >= rank) {
        long from = i == 0 ? 0 : bounds.get(i - 1);
        return from + Math.round((bounds.get(i) - from) * ((rank - below) / here));
      }
      below += here;
    }
    return bounds.isEmpty() ? 0 : bounds.get(bounds.size() - 1);
  }
}
