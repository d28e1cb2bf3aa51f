package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.api.McpException;
import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.server.Failures.Asked;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.server.input.RoundInputs;
import io.mcpnode.server.input.Rounds;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers calls whose method is done: each once, and only after the state it depends on is copied.
 */
final class CallEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CallEnd.class);

  private final Answers answers;
  private final Failures failures;
  private final MessageWriter writer;
  private final Rounds rounds;
  private final CallGate gate;

  CallEnd(Answers answers, Failures failures, MessageWriter writer, Rounds rounds, CallGate gate) {
    this.answers = answers;
    this.failures = failures;
    this.writer = writer;
    this.rounds = rounds;
    this.gate = gate;
  }

  /** A tool has answered, or failed. */
  void ofTool(ToolCatalog.Entry tool, ToolCall call, AsyncResult<ToolOutcome> result) {
    boolean repeatable = tool.repeatable();
    if (ended(call, repeatable)) {
      return;
    }
    Throwable cause = result.cause();
    if (cause instanceof MissingCapabilityException e) {
      missing(call, e, repeatable);
    } else if (cause instanceof McpException e) {
      afterCopies(
          call,
          answers.error(HttpStatus.OK, call.id(), Failures.protocolError(e, call.revision())),
          false,
          repeatable);
    } else if (cause != null) {
      LOG.error("tool {} failed outside of its contract", tool.name(), cause);
      finish(call, failures.answer(Failure.INTERNAL, call.id(), Asked.of(call.revision())));
    } else {
      answer(tool, call, result.result());
    }
  }

  /** The client gave up, or has to answer first. */
  private boolean ended(ToolCall call, boolean repeatable) {
    if (call.isCancelled()) {
      finish(call, answers.accepted());
      return true;
    }
    RoundInputs open = call.leftOpen();
    if (open != null) {
      nextRound(call, open, repeatable);
      return true;
    }
    return false;
  }

  /**
   * Something else that an author wrote has a result, or failed; it only reads, so it is
   * repeatable.
   */
  <T> void ofWork(Work<T> work, ToolCall call, AsyncResult<T> result) {
    if (ended(call, true)) {
      return;
    }
    Throwable cause = result.cause();
    if (cause instanceof MissingCapabilityException e && call.revision().modern()) {
      missing(call, e, true);
      return;
    }
    if (cause instanceof McpException e) {
      afterCopies(call, answers.error(call.id(), work.error(e)), false, true);
      return;
    }
    Answer answer;
    try {
      answer = cause == null ? work.answer(result.result()) : null;
    } catch (RuntimeException e) {
      answer = null;
      cause = e;
    }
    if (answer == null) {
      LOG.error("{} failed outside of its contract", work.name(), cause);
      answer = failures.answer(Failure.INTERNAL, call.id(), Asked.of(call.revision()));
    }
    afterCopies(call, answer, cause == null, true);
  }

  private void answer(ToolCatalog.Entry tool, ToolCall call, ToolOutcome outcome) {
    Answer answer;
    try {
      answer = answers.ok(writer.toolAnswer(call.id(), outcome, call.revision()));
    } catch (IllegalArgumentException e) {
      LOG.error("the answer of tool {} can't be written", tool.name(), e);
      answer = failures.answer(Failure.INTERNAL, call.id(), Asked.of(call.revision()));
    }
    afterCopies(call, answer, true, tool.repeatable());
  }

  /** Whatever the method made of the missing answers, it will run again with them. */
  private void nextRound(ToolCall call, RoundInputs open, boolean repeatable) {
    Answer answer;
    try {
      String state = rounds.next(call.request(), call.principal(), open);
      ObjectNode asked = JsonNodeFactory.instance.objectNode();
      open.open()
          .forEach(
              (key, question) ->
                  asked
                      .putObject(key)
                      .put("method", question.method())
                      .set("params", question.params()));
      answer = answers.ok(writer.inputRequired(call.id(), asked, state));
    } catch (McpException e) {
      answer = answers.error(HttpStatus.OK, call.id(), Failures.protocolError(e, call.revision()));
    }
    afterCopies(call, answer, false, repeatable);
  }

  private void missing(ToolCall call, MissingCapabilityException e, boolean repeatable) {
    String message = String.valueOf(e.getMessage());
    if (call.revision().modern()) {
      Answer answer = answers.error(HttpStatus.BAD_REQUEST, call.id(), Abilities.missing(e));
      afterCopies(call, answer, false, repeatable);
    } else {
      ToolOutcome told = ToolOutcome.failed(message);
      afterCopies(
          call, answers.ok(writer.toolAnswer(call.id(), told, call.revision())), true, repeatable);
    }
  }

  /**
   * @param told see {@link CallState#safe}
   * @param repeatable the call may be executed a second time
   */
  private void afterCopies(ToolCall call, Answer answer, boolean told, boolean repeatable) {
    CallState state = call.touched();
    if (state == null) {
      finish(call, answer);
      return;
    }
    Span span = state.changed() ? call.replicating() : Span.NONE;
    Future<Void> safe = state.safe(told);
    if (safe.succeeded()) {
      span.end();
      finish(call, answer);
      return;
    }
    safe.onComplete(
        copied -> {
          span.end();
          finish(call, answer);
        },
        lost -> {
          span.fail(WireException.from(lost));
          Failure reason = Failures.reason(lost);
          Asked asked = Asked.of(call.revision());
          finish(
              call,
              repeatable
                  ? failures.answer(reason, call.id(), asked)
                  : failures.afterRun(reason, call.id(), asked));
        });
  }

  /** Until here the call counts as running: an answer that waits for its copies takes room too. */
  private void finish(ToolCall call, Answer answer) {
    gate.leave();
    call.leave();
    call.end(answer);
  }
}
