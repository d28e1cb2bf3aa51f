package io.mcpnode.monitor;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The nodes that were lost, each until one of its name is back or an hour has passed. A node that
 * said goodbye is not lost. Time is a parameter: epoch milliseconds.
 */
final class Roster {

  private static final int MAX = 100;
  static final long REMEMBERED_MILLIS = TimeUnit.HOURS.toMillis(1);

  /**
   * @param since epoch milliseconds
   */
  record Lost(Member member, Departure how, long since) {
    String name() {
      return member.id().name();
    }

    String reason() {
      return how == Departure.DIED ? "died: its port refuses connections" : "unreachable";
    }
  }

  private final Map<String, Lost> lost = new LinkedHashMap<>();

  void joined(Member member) {
    lost.remove(member.id().name());
  }

  void gone(Member member, Departure how, long now) {
    String name = member.id().name();
    lost.remove(name);
    if (how != Departure.LEFT) {
      if (lost.size() == MAX) {
        lost.remove(lost.keySet().iterator().next());
      }
      lost.put(name, new Lost(member, how, now));
    }
  }

  /** One that was unreachable is dead for certain. */
  void provenDead(Member member) {
    lost.computeIfPresent(
        member.id().name(),
        (name, known) ->
            known.member().id().equals(member.id())
                ? new Lost(member, Departure.DIED, known.since())
                : known);
  }

  List<Lost> lost(long now) {
    lost.values().removeIf(node -> now - node.since() > REMEMBERED_MILLIS);
    return new ArrayList<>(lost.values());
  }
}
