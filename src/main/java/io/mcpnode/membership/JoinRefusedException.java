package io.mcpnode.membership;

/** The node must not run: the reason is one line for the operator. */
public final class JoinRefusedException extends RuntimeException {

  public JoinRefusedException(String reason) {
    super(reason);
  }

  public JoinRefusedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
