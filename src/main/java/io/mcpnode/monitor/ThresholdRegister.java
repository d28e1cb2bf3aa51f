package io.mcpnode.monitor;

import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.MonitorProtocol.Setting;

/**
 * The thresholds in effect: the last ones that were set anywhere in the cluster. All nodes that
 * have heard of the same settings, in whatever order, come to the same. Read by any thread, changed
 * on one.
 */
final class ThresholdRegister {

  private final String self;
  private volatile Setting setting;
  private volatile Thresholds thresholds;

  /**
   * @param configured in effect until somebody sets others
   */
  ThresholdRegister(String self, Thresholds configured) {
    this.self = self;
    this.thresholds = configured;
    this.setting = setting(0, configured);
  }

  private Setting setting(long version, Thresholds values) {
    return new Setting(
        version, self, values.failedPing(), values.processCount(), values.partition());
  }

  Thresholds thresholds() {
    return thresholds;
  }

  Setting setting() {
    return setting;
  }

  /** A new setting of this node, that wins over everything known. */
  Setting set(Thresholds values) {
    Setting next = setting(setting.version() + 1, values);
    learn(next);
    return next;
  }

  /**
   * Takes over another node's setting if it wins.
   *
   * @return whether other thresholds are in effect now
   */
  boolean learn(Setting other) {
    if (other.version() == 0 || !wins(other, setting)) {
      return false;
    }
    Thresholds before = thresholds;
    Thresholds next = new Thresholds(other.failedPing(), other.processCount(), other.partition());
    thresholds = next;
    setting = other;
    return !next.equals(before);
  }

  private static boolean wins(Setting one, Setting other) {
    return one.version() != other.version()
        ? one.version() > other.version()
        : one.author().compareTo(other.author()) > 0;
  }
}
