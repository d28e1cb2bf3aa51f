package io.mcpnode.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool that goes on after its first answer. Immutable; each step answers the task after
 * it, or this same object where the step is not allowed or changes nothing. What a run reports
 * names the run, so that a node which was believed lost can't speak for the run that replaced its
 * own.
 *
 * @param order what the client asked for
 * @param runner the node that runs it, {@code name#incarnation}
 * @param run counts the starts, from 1
 * @param updatedAt epoch milliseconds of the last change that clients can see
 * @param inputs that this run asked for, in order, with the answers that have come
 * @param outcome null until it ended, and after a cancellation
 */
public record TaskInfo(
    TaskOrder order,
    String runner,
    int run,
    TaskStatus status,
    long updatedAt,
    List<TaskInput> inputs,
    @Nullable TaskOutcome outcome) {

  /** Inputs that one run may ask for; one more is refused. */
  public static final int MAX_INPUTS = 64;

  public TaskInfo {
    inputs = List.copyOf(inputs);
  }

  /** A new one, in its first run. */
  public static TaskInfo created(TaskOrder order, String runner, long now) {
    return new TaskInfo(order, runner, 1, TaskStatus.WORKING, now, List.of(), null);
  }

  /** The next run, on that node, in place of this one; what this one asked for is void. */
  public TaskInfo restarted(int fromRun, String newRunner, long now) {
    long updated = status == TaskStatus.WORKING ? updatedAt : now;
    return status.terminal() || run != fromRun
        ? this
        : new TaskInfo(order, newRunner, run + 1, TaskStatus.WORKING, updated, List.of(), null);
  }

  /**
   * The run asks its client for something.
   *
   * @param key not used by an earlier run; used by this one, it is the same question
   */
  public TaskInfo asks(int byRun, String key, String request, long now) {
    if (status.terminal()
        || run != byRun
        || inputs.size() >= MAX_INPUTS
        || inputs.stream().anyMatch(input -> input.key().equals(key))) {
      return this;
    }
    List<TaskInput> more = new ArrayList<>(inputs);
    more.add(new TaskInput(key, request, null));
    return with(TaskStatus.INPUT_REQUIRED, now, more);
  }

  /**
   * The client answers some of what is open; other keys are ignored.
   *
   * @param responses JSON by key
   */
  public TaskInfo answered(Map<String, String> responses, long now) {
    if (status.terminal()) {
      return this;
    }
    List<TaskInput> after = new ArrayList<>(inputs.size());
    for (TaskInput input : inputs) {
      String response = input.open() ? responses.get(input.key()) : null;
      after.add(response == null ? input : input.answered(response));
    }
    return after.equals(inputs) ? this : with(waitingFor(after), now, after);
  }

  /** The run has ended. */
  public TaskInfo ended(int byRun, TaskOutcome how, long now) {
    return status.terminal() || run != byRun ? this : over(how.status(), now, how);
  }

  /** The client does not want it any more. */
  public TaskInfo cancelled(long now) {
    return status.terminal() ? this : over(TaskStatus.CANCELLED, now, null);
  }

  private TaskInfo over(TaskStatus how, long now, @Nullable TaskOutcome result) {
    return new TaskInfo(order.ended(), runner, run, how, now, List.of(), result);
  }

  private static TaskStatus waitingFor(List<TaskInput> inputs) {
    return inputs.stream().anyMatch(TaskInput::open)
        ? TaskStatus.INPUT_REQUIRED
        : TaskStatus.WORKING;
  }

  private TaskInfo with(TaskStatus newStatus, long now, List<TaskInput> newInputs) {
    return new TaskInfo(order, runner, run, newStatus, now, newInputs, null);
  }

  /** Characters of all that clients and tools put into it. */
  long size() {
    long size =
        (long) order.arguments().length()
            + order.clientCapabilities().length()
            + (outcome == null ? 0 : outcome.json().length());
    for (TaskInput input : inputs) {
      String response = input.response();
      size += (long) input.request().length() + (response == null ? 0 : response.length());
    }
    return size;
  }
}
