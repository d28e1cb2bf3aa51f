package io.mcpnode.http.admin;

import java.util.Locale;

/**
 * May clients be sent here?
 *
 * @param reason why not, for operators; empty when ready
 */
public record Readiness(State state, String reason) {

  /** Of a node, as load balancers see it. */
  public enum State {
    STARTING,
    READY,
    DRAINING,
    QUARANTINED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Readiness READY = new Readiness(State.READY, "");

  public boolean isReady() {
    return state == State.READY;
  }
}
