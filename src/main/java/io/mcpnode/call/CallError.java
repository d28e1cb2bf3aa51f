package io.mcpnode.call;

import io.mcpnode.wire.Failure;
import java.util.Locale;

/** Why a call has no value; {@link CallException.Executed} tells whether it was executed. */
public enum CallError {
  /** The node is down, or went down while it had the call. */
  NODE_DOWN,
  /** No answer within the time. */
  TIMEOUT,
  /** No node of this name was a member as long as this node has been one. */
  NO_SUCH_NODE,
  /** The node has no operation of this name. */
  NO_SUCH_FUNCTION,
  /** The node did not execute it: the arguments are wrong, or it has too much to do. */
  REJECTED,
  /** The operation was executed and failed. */
  REMOTE_ERROR;

  /** As operators and clients read it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a failure between nodes means to the caller. Total: a new failure needs its place here.
   */
  static CallError of(Failure failure) {
    return switch (failure) {
      case NODE_DOWN -> NODE_DOWN;
      case INDETERMINATE, LATE -> TIMEOUT;
      case OVERLOADED, DRAINING, NO_QUORUM, INVALID -> REJECTED;
      case NOT_FOUND, NOT_OWNER, STALE_EPOCH, INTERNAL -> REMOTE_ERROR;
    };
  }
}
