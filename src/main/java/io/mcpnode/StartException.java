package io.mcpnode;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The node could not start, or had to leave, and the operator is told why in one line. */
@NullMarked
public final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * @param message one line: what was found and what was expected
   */
  public StartException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  public StartException(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
