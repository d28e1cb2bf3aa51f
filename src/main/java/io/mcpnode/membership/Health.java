package io.mcpnode.membership;

import java.util.Locale;

/** How well a node does. Decided here and nowhere else. */
public enum Health {
  HEALTHY,
  /** It misses pings, or has more to do than it should. */
  DEGRADED,
  /** It has not been heard for so long that nothing should be expected of it. */
  UNHEALTHY;

  /**
   * @param missedPings in a row, until now
   * @param work in progress, as the node told last
   */
  public static Health of(int missedPings, long work, Thresholds thresholds) {
    if (missedPings >= thresholds.failedPing()) {
      return UNHEALTHY;
    }
    return missedPings > 0 || work > thresholds.processCount() ? DEGRADED : HEALTHY;
  }

  /** As operators read it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
