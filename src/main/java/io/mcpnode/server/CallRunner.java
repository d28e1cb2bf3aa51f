package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.Params;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.server.Failures.Asked;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.server.input.Round;
import io.mcpnode.server.input.Rounds;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the calls of tools on this node, and whatever else authors wrote: bounded. */
final class CallRunner {

  private final CallParts parts;
  private final CallEnd end;
  private final CallStreams callStreams;
  private final Rounds rounds;
  private final Answers answers;
  private final Failures failures;
  private final CallGate gate;
  private final Clock clock;

  CallRunner(
      CallParts parts,
      CallEnd end,
      CallStreams callStreams,
      Rounds rounds,
      Answers answers,
      Failures failures,
      CallGate gate,
      Clock clock) {
    this.parts = parts;
    this.end = end;
    this.callStreams = callStreams;
    this.rounds = rounds;
    this.answers = answers;
    this.failures = failures;
    this.gate = gate;
    this.clock = clock;
  }

  /** A call within a session, which its client can cancel by its id from anywhere. */
  void inSession(
      ToolCatalog.Entry tool,
      Message.Request request,
      ObjectNode arguments,
      Revision revision,
      Hosted session,
      String principal,
      Reply reply) {
    if (!gate.enter()) {
      reply.end(failures.answer(Failure.OVERLOADED, request.id(), Asked.IN_SESSION));
      return;
    }
    RunningCalls running = session.attachment(RunningCalls.class, RunningCalls::new);
    ToolCall call = prepare(request, revision, session, principal, reply, running, Round.FIRST);
    if (!running.add(request.id(), call)) {
      stillRunning(request, reply);
      return;
    }
    start(tool, call, arguments);
  }

  private void stillRunning(Message.Request request, Reply reply) {
    gate.leave();
    reply.end(
        answers.error(
            HttpStatus.BAD_REQUEST,
            request.id(),
            RpcError.of(RpcCode.INVALID_REQUEST, "id: of a request that is still running")));
  }

  /** A call without a session, which the client cancels by going away. */
  void stateless(
      ToolCatalog.Entry tool,
      Message.Request request,
      ObjectNode arguments,
      @Nullable Hosted handle,
      String principal,
      Reply reply) {
    stateless(tool, request, arguments, handle, principal, reply, (TaskOnDemand) null);
  }

  /**
   * @param task what the call may become; null if none
   */
  void stateless(
      ToolCatalog.Entry tool,
      Message.Request request,
      ObjectNode arguments,
      @Nullable Hosted handle,
      String principal,
      Reply reply,
      @Nullable TaskOnDemand task) {
    if (!gate.enter()) {
      reply.end(failures.answer(Failure.OVERLOADED, request.id(), Asked.WITH_HANDLE));
      return;
    }
    if (!request.params().nextRound()) {
      stateless(tool, request, arguments, handle, principal, reply, Round.FIRST, task);
      return;
    }
    // Its state can be used once: a call that there is no room for must not use it.
    rounds
        .of(request, principal)
        .onComplete(
            round -> stateless(tool, request, arguments, handle, principal, reply, round, task),
            refused -> refuse(request.id(), refused, reply));
  }

  private void refuse(RequestId id, Throwable refused, Reply reply) {
    gate.leave();
    reply.end(refusal(id, refused));
  }

  private Answer refusal(RequestId id, Throwable refused) {
    return refused instanceof McpException e
        ? answers.error(id, Failures.protocolError(e, Revision.V2026_07_28))
        : failures.answer(Failures.reason(refused), id, Asked.WITH_HANDLE);
  }

  private void stateless(
      ToolCatalog.Entry tool,
      Message.Request request,
      ObjectNode arguments,
      @Nullable Hosted handle,
      String principal,
      Reply reply,
      Round round,
      @Nullable TaskOnDemand task) {
    ToolCall call = prepare(request, Revision.V2026_07_28, handle, principal, reply, null, round);
    if (task != null) {
      call.canBecome(task);
    }
    if (!start(tool, call, arguments)) {
      reply.onClientGone(call::cancel);
    }
  }

  /**
   * Runs anything else that an author wrote, under the rules for calls of tools.
   *
   * @param session null in the era without
   */
  <T> void run(
      Work<T> work,
      Message.Request request,
      Revision revision,
      @Nullable Hosted session,
      String principal,
      Reply reply) {
    if (!gate.enter()) {
      reply.end(failures.answer(Failure.OVERLOADED, request.id(), Asked.of(revision)));
      return;
    }
    if (session != null || !request.params().nextRound()) {
      run(work, request, revision, session, principal, reply, Round.FIRST);
      return;
    }
    rounds
        .of(request, principal)
        .onComplete(
            round -> run(work, request, revision, null, principal, reply, round),
            refused -> refuse(request.id(), refused, reply));
  }

  private <T> void run(
      Work<T> work,
      Message.Request request,
      Revision revision,
      @Nullable Hosted session,
      String principal,
      Reply reply,
      Round round) {
    RunningCalls running =
        session == null ? null : session.attachment(RunningCalls.class, RunningCalls::new);
    ToolCall call = prepare(request, revision, session, principal, reply, running, round);
    if (running != null && !running.add(request.id(), call)) {
      stillRunning(request, reply);
      return;
    }
    Future<T> result;
    try {
      result = work.start(call);
    } catch (Throwable e) {
      result = Future.failedFuture(e);
    }
    boolean waits = session == null && !result.isComplete();
    result.onComplete(
        done -> {
          call.toolDone();
          end.ofWork(work, call, done);
        });
    if (waits) {
      reply.onClientGone(call::cancel);
    }
  }

  /** A call that runs as a task: the run gets what it has to tell on the way. */
  ToolCall task(
      String key, TaskInfo task, @Nullable TaskState state, String principal, TaskRun run) {
    Revision known = Revision.of(task.order().revision());
    Revision revision = known == null ? Revision.V2026_07_28 : known;
    ToolCall call =
        new ToolCall(
            parts,
            new Message.Request(RequestId.ofString(key), Methods.TOOLS_CALL, Params.NONE),
            revision,
            principal,
            state,
            run,
            null,
            Round.FIRST);
    call.asksWith(new TaskInputs(run, Abilities.of(task.order().clientCapabilities(), revision)));
    String related = TaskProjection.related(key);
    call.relatesTo(related);
    String token = task.order().progressToken();
    if (token != null) {
      call.reportTo(
          new ProgressRelay(new RequestId(token), run::event, parts.progressDropped(), related));
    }
    return call;
  }

  private ToolCall prepare(
      Message.Request request,
      Revision revision,
      @Nullable Hosted hosted,
      String principal,
      Reply reply,
      @Nullable RunningCalls running,
      Round round) {
    ToolCall call =
        new ToolCall(parts, request, revision, principal, hosted, reply, running, round);
    RequestId token = request.params().meta().progressToken();
    if (token != null) {
      call.reportTo(new ProgressRelay(token, call::send, parts.progressDropped()));
    }
    return call;
  }

  /** True if the tool is done already. */
  private boolean start(ToolCatalog.Entry tool, ToolCall call, ObjectNode arguments) {
    call.begin(tool.name());
    long started = clock.nanos();
    Future<ToolOutcome> outcome;
    try {
      outcome = tool.tool().call(arguments, call);
    } catch (Throwable e) {
      outcome = Future.failedFuture(e);
    }
    if (outcome.isComplete()) {
      toolDone(tool, call, started, outcome);
      return true;
    }
    if (call.canBeResumedEarly()) {
      callStreams.watch(call);
    }
    outcome.onComplete(result -> toolDone(tool, call, started, result));
    return false;
  }

  private void toolDone(
      ToolCatalog.Entry tool, ToolCall call, long started, AsyncResult<ToolOutcome> result) {
    TaskOnDemand task = call.onDemand();
    if (task == null) {
      callDone(tool, call, started, result);
      return;
    }
    task.toolDone(
        run -> run.toolDone(call, started, result), () -> callDone(tool, call, started, result));
  }

  /** The tool of a call that has not become a task is done. */
  private void callDone(
      ToolCatalog.Entry tool, ToolCall call, long started, AsyncResult<ToolOutcome> result) {
    tool.duration().record(clock.nanos() - started, TimeUnit.NANOSECONDS);
    call.toolDone();
    if (call.span().isRecorded()) {
      CallSpans.end(call, result);
    }
    end.ofTool(tool, call, result);
  }
}
