package io.mcpnode;

import org.jspecify.annotations.NullMarked;

/** How the process ends; the numbers are those of BSD's sysexits.h. */
@NullMarked
public enum ExitCode {
  /** Stopped as asked. */
  OK(0),
  /** Bad command line. */
  USAGE(64),
  /**
   * A port is taken, or the cluster refused this node, did not let it serve or lost it for good.
   */
  UNAVAILABLE(69),
  /** A bug. */
  SOFTWARE(70),
  /** Bad configuration. */
  CONFIG(78);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  public int value() {
    return value;
  }
}
