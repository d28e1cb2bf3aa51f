package io.mcpnode.partition;

import io.mcpnode.membership.Departure;
import io.mcpnode.partition.Partitions.Decision;
import io.mcpnode.partition.Partitions.Gone;
import io.mcpnode.wire.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;

/** What was decided lately and who is gone, for operators; the last ones of each. One thread. */
final class Journal {

  private static final int MAX_NOTES = 50;
  private static final int MAX_GONE = 50;

  private final Clock clock;
  private final ArrayDeque<Decision> notes = new ArrayDeque<>();
  private final ArrayDeque<Gone> gone = new ArrayDeque<>();

  Journal(Clock clock) {
    this.clock = clock;
  }

  void note(String what) {
    if (notes.size() == MAX_NOTES) {
      notes.removeFirst();
    }
    notes.addLast(new Decision(clock.millis(), what));
  }

  void joined(String node) {
    if (gone.removeIf(it -> it.node().equals(node))) {
      note(node + " is back");
    }
  }

  void gone(String node, Departure how) {
    String text = how.name().toLowerCase(Locale.ROOT);
    gone.removeIf(it -> it.node().equals(node));
    if (gone.size() == MAX_GONE) {
      gone.removeFirst();
    }
    gone.addLast(new Gone(node, text, clock.millis()));
    note(node + " is gone: " + text);
  }

  List<Decision> notes() {
    return List.copyOf(notes);
  }

  List<Gone> gone() {
    return List.copyOf(gone);
  }
}
