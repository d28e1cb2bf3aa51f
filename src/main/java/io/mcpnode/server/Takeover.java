package io.mcpnode.server;

import io.mcpnode.state.TaskInfo;

/** What becomes of a task whose owner looks after the node that runs it. Pure. */
enum Takeover {
  /** It goes on where it is, or has ended. */
  LEAVE,
  /** It is run once more, by its owner. */
  RUN_AGAIN,
  /** It ends: nobody knows how far it had come. */
  FAIL;

  /** A task that takes its nodes down is not tried on all of them. */
  static final int MAX_RUNS = 3;

  /**
   * @param gone the node that runs it does not do so any more
   * @param repeatable its tool is known here, and to run it again does no harm
   */
  static Takeover of(TaskInfo task, boolean gone, boolean repeatable) {
    if (!gone || task.status().terminal()) {
      return LEAVE;
    }
    return repeatable && task.run() < MAX_RUNS ? RUN_AGAIN : FAIL;
  }
}
