package io.mcpnode.monitor;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Something that happened in the cluster.
 *
 * @param at epoch milliseconds
 * @param node that saw or did it
 * @param message one line
 * @param details the same for programs
 */
public record ClusterEvent(long at, Type type, String node, String message, JsonObject details) {

  /** What kinds there are. */
  public enum Type {
    NODE_UP,
    NODE_DOWN,
    HEALTH,
    STATE,
    PARTITION,
    MIGRATION,
    FAILOVER,
    THRESHOLDS,
    ALERT;

    /** As operators read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
