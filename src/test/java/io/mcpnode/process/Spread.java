package io.mcpnode.process;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Percentiles of a few samples, by the nearest rank. */
public final class Spread {

  private final double[] sorted;

  private Spread(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * @throws IllegalArgumentException if there is no sample
   */
  public static Spread of(Collection<? extends Number> samples) {
    return of(samples.stream().mapToDouble(Number::doubleValue).toArray());
  }

  public static Spread of(double... samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("samples: 0 (expected: >= 1)");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  /**
   * The smallest sample that at least that share of all samples does not exceed.
   *
   * @param share above 0, at most 1
   */
  public double percentile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: > 0 and <= 1)");
    }
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }

  /** The middle sample, or the mean of the two middle ones. */
  public double median() {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  public double min() {
    return sorted[0];
  }

  public double max() {
    return sorted[sorted.length - 1];
  }

  public int count() {
    return sorted.length;
  }

  /** Median, p95 and maximum in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.0f p95 %.0f max %.0f of %d",
        percentile(0.5),
        percentile(0.95),
        max(),
        count());
  }
}
