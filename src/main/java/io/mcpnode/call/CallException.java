package io.mcpnode.call;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import java.util.Locale;

/** A call without a value. */
public final class CallException extends RuntimeException {

  /** May the caller try it again without doing it twice? */
  public enum Executed {
    /** Not executed: it may be tried again. */
    NO,
    /** Perhaps executed. */
    UNKNOWN,
    /** Executed, at least in part. */
    YES;

    /** As operators and clients read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final CallError error;
  private final Executed executed;

  CallException(CallError error, Executed executed, String message) {
    super(message, null, false, false);
    this.error = error;
    this.executed = executed;
  }

  /** For operations that find their arguments wrong before they have done anything. */
  public static CallException rejected(String message) {
    return new CallException(CallError.REJECTED, Executed.NO, message);
  }

  /** Of a call that was not begun. */
  static CallException notExecuted(CallError error, String message) {
    return new CallException(error, Executed.NO, message);
  }

  /** What an operation failed with; whatever it is, the node that executed it is well. */
  static CallException ofOperation(Throwable problem) {
    if (problem instanceof CallException known && known.error == CallError.REJECTED) {
      return known;
    }
    String message = problem.getMessage();
    return new CallException(
        CallError.REMOTE_ERROR,
        Executed.YES,
        message == null || message.isBlank() ? problem.getClass().getSimpleName() : message);
  }

  /**
   * What a request between nodes failed with.
   *
   * @param isMember whether the node is still one
   */
  static CallException ofRequest(Throwable problem, boolean isMember) {
    WireException wire = WireException.from(problem);
    boolean perhaps = wire.failure() == Failure.INDETERMINATE || wire.failure() == Failure.INTERNAL;
    CallError error =
        wire.failure() == Failure.INDETERMINATE && !isMember
            ? CallError.NODE_DOWN
            : CallError.of(wire.failure());
    return new CallException(
        error, perhaps ? Executed.UNKNOWN : Executed.NO, String.valueOf(wire.getMessage()));
  }

  public CallError error() {
    return error;
  }

  public Executed executed() {
    return executed;
  }
}
