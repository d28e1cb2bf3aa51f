package io.mcpnode.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client saw of one counter that it alone adds to, one by one. Times are nanoseconds of
 * any steady clock. Not safe for use by several threads.
 */
public final class History {

  private static final int MAX_REASONS = 5;

  private final String name;
  private final Map<String, Long> reads = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private long acked;
  private long unknown;
  private long refused;
  private long errors;
  private boolean gone;
  private long highest;
  private long waitingSince = -1;
  private long longestPause;

  public History(String name) {
    this.name = name;
  }

  /** The client wants to add one more. If it has been waiting already, it still does. */
  public void begins(long now) {
    if (waitingSince < 0) {
      waitingSince = now;
    }
  }

  /** The change is acknowledged, and the counter has this value since. */
  public void acked(long value, long now) {
    acked++;
    if (waitingSince >= 0) {
      longestPause = Math.max(longestPause, now - waitingSince);
      waitingSince = -1;
    }
    if (value <= highest) {
      wrong.add("value " + value + " acknowledged after " + highest);
    }
    highest = Math.max(highest, value);
    check("acknowledged", value);
  }

  /** Nobody knows whether the change was made. */
  public void unknown(String reason) {
    unknown++;
    note(reason);
  }

  /** The change was not made; the client may try again. */
  public void refused(String reason) {
    refused++;
    note(reason);
  }

  /** An answer that no client should get. */
  public void error(String reason) {
    errors++;
    note(reason);
  }

  /** The server says that there is no such session or handle. */
  public void gone(String reason) {
    gone = true;
    note(reason);
  }

  private void note(String reason) {
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  /** The load is over and the node says that the counter has this value. */
  public void read(String node, long value) {
    reads.put(node, value);
    check("read from " + node, value);
  }

  private void check(String what, long value) {
    if (value < acked) {
      wrong.add("lost: " + what + " " + value + " (expected: >= " + acked + ")");
    }
    if (value > acked + unknown) {
      wrong.add("doubled: " + what + " " + value + " (expected: <= " + (acked + unknown) + ")");
    }
  }

  /** What must never be, one line each; empty if all is well. */
  public List<String> violations() {
    List<String> all = new ArrayList<>(wrong);
    if (gone) {
      all.add("gone");
    }
    if (reads.values().stream().distinct().count() > 1) {
      all.add("nodes disagree: " + reads);
    }
    return all.stream().map(text -> name + ": " + text).toList();
  }

  /** From the first try of an addition until the next acknowledged one, the longest of all. */
  public long longestPauseNanos() {
    return longestPause;
  }

  /** The client still waits: its last tries were not acknowledged. */
  public boolean isWaiting() {
    return waitingSince >= 0;
  }

  public String name() {
    return name;
  }

  public long ackedCount() {
    return acked;
  }

  public long unknownCount() {
    return unknown;
  }

  public long refusedCount() {
    return refused;
  }

  public long errorCount() {
    return errors;
  }

  public boolean isGone() {
    return gone;
  }

  /** The first reasons of what was not acknowledged, for people. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }
}
