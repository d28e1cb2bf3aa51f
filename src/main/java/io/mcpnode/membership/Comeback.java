package io.mcpnode.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a node that was separated from others may look for them again. As soon as it reaches all of
 * them, steadily: if it came back while it reaches only some, it would be removed again and again,
 * and every time the others would hang for seconds. After a while even if it doesn't, since those
 * it can't reach may be gone for good; the more often it was separated lately, the longer.
 * Immutable and pure; times are nanoseconds of one monotonic clock.
 *
 * @param separations when, the last two minutes
 */
record Comeback(List<Long> separations) {

  private static final long WINDOW = Duration.ofMinutes(2).toNanos();
  private static final int FLAPPING = 3;
  private static final int MAX_REMEMBERED = 10;

  static Comeback none() {
    return new Comeback(List.of());
  }

  Comeback separated(long now) {
    List<Long> next = new ArrayList<>(separations);
    next.removeIf(at -> now - at > WINDOW);
    if (next.size() == MAX_REMEMBERED) {
      next.remove(0);
    }
    next.add(now);
    return new Comeback(List.copyOf(next));
  }

  /** Separated so often lately that it comes back slowly. */
  boolean isFlapping() {
    return separations.size() >= FLAPPING;
  }

  enum Step {
    /** Neither looks for them nor lets itself be led to them. */
    STAYS_AWAY,
    /** Joins them if they find it. */
    IS_FOUND,
    LOOKS
  }

  /**
   * What it may do now. A node that goes on leaves it to the others to look: they know better than
   * it whether they reach everybody.
   *
   * @param reached for how long it has reached all of them; negative: it does not
   * @param goesOn whether it serves
   */
  Step step(long now, long reached, boolean goesOn) {
    if (separations.isEmpty()) {
      return Step.LOOKS;
    }
    long away = now - separations.get(separations.size() - 1);
    if (away >= patience().toNanos()) {
      return Step.LOOKS;
    }
    if (reached < steady().toNanos()) {
      return Step.STAYS_AWAY;
    }
    return goesOn ? Step.IS_FOUND : Step.LOOKS;
  }

  private Duration patience() {
    return switch (separations.size()) {
      case 1 -> Duration.ofSeconds(20);
      case 2 -> Duration.ofSeconds(30);
      default -> Duration.ofMinutes(2);
    };
  }

  private Duration steady() {
    return isFlapping() ? Duration.ofSeconds(2) : Duration.ofMillis(600);
  }
}
