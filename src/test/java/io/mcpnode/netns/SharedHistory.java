package io.mcpnode.netns;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What several clients, one at each node, saw of one counter that all of them add one to. Every
 * acknowledged addition tells the value that it made, so the values tell everything: two sides that
 * both acknowledged would give one value twice, a change that was lost would give it again, and
 * nothing may be ordered against the clock. Times are nanoseconds of one steady clock. Not safe for
 * use by several threads.
 */
final class SharedHistory {

  /**
   * @param begun when the client sent it
   * @param ended when the client had the answer
   */
  private record Acked(int node, long value, long begun, long ended) {}

  private final String name;
  private final List<Acked> acked = new ArrayList<>();
  private final Map<Integer, Integer> refused = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<Long> reads = new ArrayList<>();
  private int unknown;

  SharedHistory(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void acked(int node, long value, long begun, long ended) {
    acked.add(new Acked(node, value, begun, ended));
  }

  /** Nobody knows whether it was done. */
  void unknown() {
    unknown++;
  }

  /** 503: it was not done. */
  void refused(int node) {
    refused.merge(node, 1, Integer::sum);
  }

  /** An answer that no client should ever get. */
  void error(int node, String what) {
    wrong.add("at n" + node + ": " + what);
  }

  /** When all is quiet, a node says that the counter has this value. */
  void read(int node, long value) {
    reads.add(value);
  }

  int ackedCount() {
    return acked.size();
  }

  int unknownCount() {
    return unknown;
  }

  int refusedCount(int node) {
    return refused.getOrDefault(node, 0);
  }

  /** How many additions that node has acknowledged that began after that time. */
  long ackedSince(int node, long time) {
    return acked.stream().filter(it -> it.node() == node && it.begun() > time).count();
  }

  /** What must never be, one line each; empty if all is well. */
  List<String> violations() {
    List<String> found = new ArrayList<>(wrong);
    Map<Long, Acked> byValue = new HashMap<>();
    for (Acked it : acked) {
      Acked other = byValue.putIfAbsent(it.value(), it);
      if (other != null) {
        found.add(
            "value " + it.value() + " acknowledged by n" + other.node() + " and n" + it.node());
      }
    }
    // In the order of their ends: nobody may begin after the end of a greater value's addition.
    List<Acked> byEnd = acked.stream().sorted(Comparator.comparingLong(Acked::ended)).toList();
    List<Acked> byBegin = acked.stream().sorted(Comparator.comparingLong(Acked::begun)).toList();
    int ended = 0;
    long greatest = 0;
    for (Acked it : byBegin) {
      while (ended < byEnd.size() && byEnd.get(ended).ended() < it.begun()) {
        greatest = Math.max(greatest, byEnd.get(ended).value());
        ended++;
      }
      if (it.value() <= greatest) {
        found.add("value " + it.value() + " at n" + it.node() + " begun after " + greatest);
      }
    }
    for (long read : reads) {
      if (read < acked.size()) {
        found.add("lost: " + read + " read (expected: >= " + acked.size() + ")");
      }
      if (read > acked.size() + unknown) {
        found.add("doubled: " + read + " read (expected: <= " + (acked.size() + unknown) + ")");
      }
    }
    if (reads.stream().distinct().count() > 1) {
      found.add("nodes disagree: " + reads);
    }
    return found.stream().map(text -> name + ": " + text).toList();
  }
}
