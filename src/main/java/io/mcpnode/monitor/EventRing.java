package io.mcpnode.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last events, numbered. An id names the run of the node that numbered it, so that a number is
 * never taken for another node's, or for that of the node before its restart.
 */
final class EventRing {

  private static final int MAX_ID = 200;

  /**
   * @param id as clients see it
   */
  record Numbered(String id, ClusterEvent event) {}

  /**
   * What a client that comes back gets.
   *
   * @param complete false: what it missed is not all there any more, or was never numbered here
   */
  record Missed(boolean complete, List<Numbered> events) {}

  private final String run;
  private final int max;
  private final Deque<Numbered> events = new ArrayDeque<>();
  private long last;

  /**
   * @param run differs for each start of each node
   */
  EventRing(String run, int max) {
    this.run = run;
    this.max = max;
  }

  Numbered add(ClusterEvent event) {
    if (events.size() == max) {
      events.removeFirst();
    }
    last++;
    Numbered numbered = new Numbered(run + ":" + last, event);
    events.addLast(numbered);
    return numbered;
  }

  /** At most so many of the last events, oldest first. */
  List<Numbered> recent(int count) {
    List<Numbered> all = new ArrayList<>(events);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /** What came after the event with this id; all there is if that can't be told. */
  Missed after(String id) {
    Long number = number(id);
    if (number == null || number > last) {
      return new Missed(false, recent(max));
    }
    long count = last - number;
    return count > events.size()
        ? new Missed(false, recent(max))
        : new Missed(true, recent((int) count));
  }

  private @Nullable Long number(String id) {
    String prefix = run + ":";
    if (id.length() > MAX_ID || !id.startsWith(prefix)) {
      return null;
    }
    String digits = id.substring(prefix.length());
    return digits.matches("[0-9]{1,18}") ? Long.valueOf(digits) : null;
  }
}
