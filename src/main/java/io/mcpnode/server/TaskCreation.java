package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Makes calls tasks: bounded, and on all wanted copies before the client has the task's id. */
final class TaskCreation {

  private final Affinity affinity;
  private final TaskRunner runner;
  private final TaskRuns runs;
  private final TaskTakeover takeover;
  private final TaskDoor door;
  private final TaskLimits limits;
  private final CallGate gate;
  private final Answers answers;
  private final Failures failures;
  private final TaskProjection projection;
  private final Clock clock;
  private final int maxBytes;

  /**
   * @param maxBytes of a task
   */
  TaskCreation(
      Affinity affinity,
      TaskRunner runner,
      TaskRuns runs,
      TaskTakeover takeover,
      TaskDoor door,
      TaskLimits limits,
      CallGate gate,
      Answers answers,
      Failures failures,
      TaskProjection projection,
      Clock clock,
      int maxBytes) {
    this.affinity = affinity;
    this.runner = runner;
    this.runs = runs;
    this.takeover = takeover;
    this.door = door;
    this.limits = limits;
    this.gate = gate;
    this.answers = answers;
    this.failures = failures;
    this.projection = projection;
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  /** The client gets the id of the task, and the tool runs. */
  void create(TaskCall call, Reply reply) {
    RequestId id = call.request().id();
    TaskInfo task = firstRun(call, reply.span());
    WireException refusal = refusal(call, task);
    if (refusal == null && !gate.enter()) {
      limits.leave(call.requester());
      refusal = new WireException(Failure.OVERLOADED, "too many calls");
    }
    if (refusal != null) {
      reply.end(
          refusal.failure() == Failure.INVALID
              ? answers.error(
                  id, RpcError.of(RpcCode.INVALID_PARAMS, String.valueOf(refusal.getMessage())))
              : failures.answer(refusal.failure(), id, Failures.Asked.of(call.revision())));
      return;
    }
    Span copies = reply.span().child(Span.Hop.REPLICATE);
    String key = affinity.newKey(Kind.TASK);
    store(key, call, task)
        .onComplete(
            hosted -> {
              copies.end();
              StateRecord record = hosted.record();
              reply.end(answers.ok(projection.created(id, record, task, call.revision().modern())));
              started(call, record, task, hosted, reply.span());
            },
            problem -> {
              copies.fail(WireException.from(problem));
              runs.ended(key, call.tool());
              reply.end(
                  failures.answer(
                      Failures.reason(problem), id, Failures.Asked.of(call.revision())));
            });
  }

  /**
   * A call that runs here goes on as a task. Completes with its run when all copies exist; fails
   * with a {@link WireException}. The place of the call among the running is the task's from then
   * on.
   */
  Future<TaskRun> become(TaskCall from, ToolCall call) {
    TaskInfo task = firstRun(from, call.callSpan());
    WireException refusal = refusal(from, task);
    if (refusal != null) {
      return Future.failedFuture(refusal);
    }
    String key = affinity.newKey(Kind.TASK);
    return store(key, from, task)
        .map(
            hosted -> {
              TaskRun run = runner.goOn(from, hosted, task, call);
              StateRecord record = hosted.record();
              call.end(answers.ok(projection.created(from.request().id(), record, task, true)));
              call.goOn(
                  new TaskInputs(
                      run, Abilities.of(task.order().clientCapabilities(), call.revision())));
              run.goOn(call, record.version());
              return run;
            })
        .onFailure(problem -> runs.neverBegan(key, from.tool()));
  }

  private TaskInfo firstRun(TaskCall call, Span span) {
    return TaskInfo.created(call.order(span), affinity.self().toString(), clock.millis());
  }

  /** Null if the task can be made; then it counts among those of its client. */
  private @Nullable WireException refusal(TaskCall call, TaskInfo task) {
    long size = Contents.ofTask(task).size();
    if (size > maxBytes) {
      return new WireException(
          Failure.INVALID,
          "params.arguments: " + size + " characters (expected: <= " + maxBytes + " for a task)");
    }
    return limits.tryEnter(call.requester())
        ? null
        : new WireException(Failure.OVERLOADED, "too many tasks");
  }

  private Future<Hosted> store(String key, TaskCall call, TaskInfo task) {
    // Known before it is stored, so that nobody finds a task of this node which it does not run.
    runs.begins(key, call.tool());
    return affinity
        .create(key, Kind.TASK, call.requester(), Contents.ofTask(task))
        .onSuccess(takeover::owned)
        .onComplete(done -> limits.leave(call.requester()));
  }

  private void started(
      TaskCall call, StateRecord record, TaskInfo task, Hosted hosted, Span parent) {
    if (record.owner().equals(affinity.self())) {
      runner.first(call, record, task, hosted, parent);
    } else {
      // This node drains, so the task belongs to another one, and runs there.
      door.persist(
          record.key(),
          new TaskAsk.Start(task.run()),
          record.principal(),
          news -> runs.ended(record.key(), call.tool()),
          gone -> runs.ended(record.key(), call.tool()));
    }
  }
}
