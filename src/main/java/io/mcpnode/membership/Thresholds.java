package io.mcpnode.membership;

/**
 * From when on a node counts as degraded or unhealthy, and from when on a partition is alarming.
 *
 * @param failedPing pings missed in a row that make a node unhealthy
 * @param processCount work in progress on a node above which it is degraded
 * @param partition detections in a row before the alert
 */
public record Thresholds(int failedPing, int processCount, int partition) {

  /**
   * @throws IllegalArgumentException naming the setting that is out of its range
   */
  public Thresholds {
    check("failedPingThreshold", failedPing, 1_000);
    check("processCountThreshold", processCount, 10_000_000);
    check("partitionThreshold", partition, 1_000);
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1 to " + most + ")");
    }
  }
}
