package io.mcpnode.partition;

import org.jspecify.annotations.Nullable;

/**
 * How often in a row a partition was found, and since when. Time is a parameter, epoch
 * milliseconds. One thread.
 */
final class Detections {

  private int count;
  private long since;
  private String seen = "";

  /**
   * At every look.
   *
   * @return what operators are to be told; null if that was said before
   */
  @Nullable String look(Finding finding, long now) {
    if (!finding.isPartition()) {
      boolean ends = count > 0;
      count = 0;
      return ends ? "all reach each other again" : null;
    }
    count++;
    if (count == 1) {
      since = now;
      seen = "";
    }
    String what = Diagnosis.sides(finding) + "; " + Diagnosis.outcome(finding);
    if (what.equals(seen)) {
      return null;
    }
    seen = what;
    return what;
  }

  /** This look was the first of a row. */
  boolean begins() {
    return count == 1;
  }

  int count() {
    return count;
  }

  /**
   * When the first of them was; 0 if there is no partition. One that was found between two looks
   * begins now.
   */
  long since(Finding finding, long now) {
    if (!finding.isPartition()) {
      return 0;
    }
    return count == 0 ? now : since;
  }
}
