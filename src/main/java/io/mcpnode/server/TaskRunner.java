package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.protocol.TreeReader;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import org.jspecify.annotations.Nullable;

/** Begins the runs of tasks on this node. */
final class TaskRunner {

  private final Affinity affinity;
  private final CallRunner calls;
  private final TaskRun.Parts parts;
  private final Spans spans;
  private final Loop loop;

  TaskRunner(Affinity affinity, CallRunner calls, TaskRun.Parts parts, Spans spans, Loop loop) {
    this.affinity = affinity;
    this.calls = calls;
    this.parts = parts;
    this.spans = spans;
    this.loop = loop;
  }

  /**
   * The first run, where the call was made.
   *
   * @param record of the task, as it was created
   * @param parent the span of the call
   */
  void first(TaskCall call, StateRecord record, TaskInfo task, Hosted hosted, Span parent) {
    TaskState state = call.pinned(affinity);
    loop.run(
        () -> {
          Span execution = parent.child(Span.Hop.EXECUTE);
          begin(call.tool(), record, task, call.arguments(), state, hosted, execution);
        });
  }

  /** A run in place of another one. */
  void again(ToolCatalog.Entry tool, StateRecord record, TaskInfo task, Hosted hosted) {
    String key = task.order().stateKey();
    TaskState state =
        key == null ? null : TaskState.of(affinity, key, Requester.principal(record.principal()));
    Span execution = spans.remote(Span.Hop.EXECUTE, task.order().traceparent());
    begin(tool, record, task, arguments(task), state, hosted, execution);
  }

  private void begin(
      ToolCatalog.Entry tool,
      StateRecord record,
      TaskInfo task,
      ObjectNode arguments,
      @Nullable TaskState state,
      Hosted hosted,
      Span execution) {
    String key = record.key();
    String requester = record.principal();
    TaskRun run = new TaskRun(parts, key, requester, task.run(), tool, state, hosted, execution);
    parts.runs().begun(key, run);
    ToolCall call = calls.task(key, task, state, Requester.principal(requester), run);
    call.begin(tool.name(), execution);
    run.begin(call, arguments, record.version());
  }

  /** The call that made the task goes on as its first run. */
  TaskRun goOn(TaskCall from, Hosted hosted, TaskInfo task, ToolCall call) {
    StateRecord record = hosted.record();
    TaskRun run =
        new TaskRun(
            parts,
            record.key(),
            record.principal(),
            task.run(),
            from.tool(),
            from.pinned(affinity),
            hosted,
            call.span());
    parts.runs().begun(record.key(), run);
    return run;
  }

  private static ObjectNode arguments(TaskInfo task) {
    return TreeReader.object(task.order().arguments());
  }
}
