package io.mcpnode.state;

import java.util.Locale;

/** Where a task stands. Once terminal it never changes. */
public enum TaskStatus {
  /** The tool runs. */
  WORKING('W'),
  /** The tool waits for an answer of the client. */
  INPUT_REQUIRED('I'),
  /** The tool has answered, perhaps with an error that the model shall see. */
  COMPLETED('C'),
  /** There will be no answer of the tool: a protocol error, or the node that ran it was lost. */
  FAILED('F'),
  /** The client did not want it any more. */
  CANCELLED('X');

  private final char code;

  TaskStatus(char code) {
    this.code = code;
  }

  /** Stands for it in stored records. */
  public char code() {
    return code;
  }

  public static TaskStatus ofCode(int code) {
    for (TaskStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("task status: " + code + " (expected: one of W I C F X)");
  }

  public boolean terminal() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** A task in this status may come to be in that one next. */
  public boolean mayBecome(TaskStatus next) {
    return !terminal() && this != next;
  }

  /** As clients read it, in all revisions. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
