package io.mcpnode.monitor;

import java.util.Locale;

/**
 * Something an operator should look at.
 *
 * @param subject what it is about, such as a node's name; of one type and subject there is one
 * @param message one line
 * @param since epoch milliseconds
 */
public record Alert(Type type, String subject, String message, long since) {

  /** What kinds there are. */
  public enum Type {
    NODE_UNHEALTHY,
    PARTITION,
    REPLICAS_MISSING,
    LIMIT_REACHED;

    /** As operators read it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
