package io.mcpnode.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last readings of one node, oldest first. */
final class History {

  private final int max;
  private final Deque<Sample> samples = new ArrayDeque<>();

  History(int max) {
    this.max = max;
  }

  void add(Sample sample) {
    if (samples.size() == max) {
      samples.removeFirst();
    }
    samples.addLast(sample);
  }

  List<Sample> list() {
    return List.copyOf(samples);
  }
}
