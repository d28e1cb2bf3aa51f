package io.mcpnode.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The alerts that are active, and how they come and go. */
final class AlertBoard {

  private static final int MAX = 200;

  record Subject(Alert.Type type, String name) {}

  /** What an update changed. */
  record Changes(List<Alert> raised, List<Alert> cleared) {}

  private Map<Subject, Alert> active = new LinkedHashMap<>();

  /**
   * @param holding all that hold now; over 200, the first ones count
   * @param undecided nodes of which nothing can be said now: alerts about them stay as they are
   */
  Changes update(List<Alert> holding, Set<String> undecided) {
    List<Alert> raised = new ArrayList<>();
    Map<Subject, Alert> next = new LinkedHashMap<>();
    for (Alert alert : holding) {
      if (next.size() == MAX) {
        break;
      }
      Subject subject = new Subject(alert.type(), alert.subject());
      Alert before = active.get(subject);
      if (before == null) {
        raised.add(alert);
        next.put(subject, alert);
      } else {
        // The words may have changed; it began when it began.
        next.put(
            subject, new Alert(alert.type(), alert.subject(), alert.message(), before.since()));
      }
    }
    active.forEach(
        (subject, alert) -> {
          if (subject.type() == Alert.Type.NODE_UNHEALTHY && undecided.contains(subject.name())) {
            next.putIfAbsent(subject, alert);
          }
        });
    List<Alert> cleared =
        active.entrySet().stream()
            .filter(entry -> !next.containsKey(entry.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    active = next;
    return new Changes(raised, cleared);
  }

  List<Alert> active() {
    return List.copyOf(active.values());
  }

  int count(Alert.Type type) {
    return (int) active.values().stream().filter(alert -> alert.type() == type).count();
  }
}
