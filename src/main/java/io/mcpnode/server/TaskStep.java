package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * One step of a task, made by its owner.
 *
 * @param record with the task after it
 */
record TaskStep(StateRecord record, TaskInfo before, TaskInfo task) {

  /**
   * Makes it; {@link Hosted#copied} of the record tells when it is safe.
   *
   * @throws io.mcpnode.wire.WireException as {@link Hosted#change}, or {@code NOT_FOUND} if it is
   *     no task
   */
  static TaskStep of(Hosted hosted, UnaryOperator<TaskInfo> step) {
    AtomicReference<TaskInfo> was = new AtomicReference<>();
    StateRecord record =
        hosted.change(
            contents -> {
              TaskInfo task = contents.task();
              was.set(task);
              return task == null ? contents : contents.with(step.apply(task));
            });
    TaskInfo before = was.get();
    TaskInfo after = record.contents().task();
    if (before == null || after == null) {
      throw Keys.notFound();
    }
    return new TaskStep(record, before, after);
  }

  /** False if the step was not allowed, or was made already. */
  boolean changed() {
    return !task.equals(before);
  }
}
