package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskOutcome;
import io.mcpnode.state.TaskStatus;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Answers what is asked of the owner of a task. Nothing is told that not all copies know. */
final class TaskOwner {

  private final TaskTakeover takeover;
  private final TaskAnnouncer announcer;
  private final Answers answers;
  private final TaskProjection projection;
  private final Clock clock;
  private final Counter refused;

  TaskOwner(
      TaskTakeover takeover,
      TaskAnnouncer announcer,
      Answers answers,
      TaskProjection projection,
      Clock clock,
      MeterRegistry meters) {
    this.takeover = takeover;
    this.announcer = announcer;
    this.answers = answers;
    this.projection = projection;
    this.clock = clock;
    refused = meters.counter("mcp.refused", "limit", "tasks.waiting");
  }

  void execute(Hosted hosted, Buffer body, String requester, Reply reply) {
    StateRecord record = hosted.record();
    TaskInfo task = record.contents().task();
    TaskAsk ask = TaskAsk.decode(body);
    if (task == null || !record.principal().equals(requester)) {
      reply.fail(Keys.notFound());
    } else if (ask == null) {
      reply.fail(new WireException(Failure.INVALID, "not known here: " + body));
    } else if (ask instanceof TaskAsk.OfClient client) {
      client(hosted, record, task, client, reply);
    } else {
      run(hosted, record, task, ask, reply);
    }
  }

  private void client(
      Hosted hosted, StateRecord record, TaskInfo task, TaskAsk.OfClient ask, Reply reply) {
    if (ask instanceof TaskAsk.Get) {
      whenCopied(hosted, record, reply, ok(projection.task(ask.id(), record, task, ask.modern())));
    } else if (ask instanceof TaskAsk.Result) {
      ResultWait waiting = new ResultWait(hosted, ask.id(), reply, answers, projection);
      wait(hosted, waiting, reply);
    } else if (ask instanceof TaskAsk.Cancel cancel) {
      cancel(hosted, cancel, reply);
    } else if (ask instanceof TaskAsk.Update update) {
      change(
          hosted,
          now -> now.answered(update.responses(), clock.millis()),
          reply,
          step -> ok(projection.acknowledged(ask.id())));
    }
  }

  private void cancel(Hosted hosted, TaskAsk.Cancel ask, Reply reply) {
    change(
        hosted,
        now -> now.cancelled(clock.millis()),
        reply,
        step -> {
          if (ask.modern()) {
            return ok(projection.acknowledged(ask.id()));
          }
          boolean cancelled =
              step.changed() || (ask.again() && step.task().status() == TaskStatus.CANCELLED);
          return cancelled
              ? ok(projection.task(ask.id(), step.record(), step.task(), false))
              : answers.error(
                  ask.id(),
                  RpcError.of(
                      RpcCode.INVALID_PARAMS,
                      "the task is "
                          + step.task().status().wire()
                          + " already (expected: one that goes on)"));
        });
  }

  private void run(Hosted hosted, StateRecord record, TaskInfo task, TaskAsk ask, Reply reply) {
    if (ask instanceof TaskAsk.Watch watch) {
      if (record.version() > watch.version()) {
        whenCopied(hosted, record, reply, news(record, task));
      } else {
        wait(hosted, new ChangeWait(hosted, watch, reply, answers), reply);
      }
    } else if (ask instanceof TaskAsk.Tell tell) {
      JsonOut message = TaskProjection.notice(record, task, tell.subscription());
      TaskNotice notice =
          new TaskNotice(record.version(), task.status().terminal(), Answers.buffer(message));
      whenCopied(hosted, record, reply, Answer.ok(answers.node(), notice.encode()));
    } else if (ask instanceof TaskAsk.Start start) {
      takeover
          .restart(hosted, start.run())
          .onComplete(
              done -> reply.end(news(record, task)),
              problem -> reply.fail(WireException.from(problem)));
    } else if (ask instanceof TaskAsk.Ended ended) {
      ended(hosted, ended, reply);
    } else if (ask instanceof TaskAsk.Answered answered) {
      change(
          hosted,
          now -> now.answered(Map.of(answered.key(), answered.response()), clock.millis()),
          reply,
          this::news);
    } else if (ask instanceof TaskAsk.Asks asks) {
      if (task.inputs().size() >= TaskInfo.MAX_INPUTS) {
        reply.fail(
            new WireException(
                Failure.INVALID, "questions of one run: more than " + TaskInfo.MAX_INPUTS));
        return;
      }
      change(
          hosted,
          now -> now.asks(asks.run(), asks.key(), asks.request(), clock.millis()),
          reply,
          this::news);
    }
  }

  /** It has to end: an outcome that there is no room for would be reported again and again. */
  private void ended(Hosted hosted, TaskAsk.Ended ended, Reply reply) {
    TaskStep made;
    try {
      made = end(hosted, ended.run(), ended.outcome());
    } catch (WireException e) {
      reply.fail(e);
      return;
    }
    made(hosted, made, reply, news(made));
  }

  private TaskStep end(Hosted hosted, int run, TaskOutcome outcome) {
    try {
      return TaskStep.of(hosted, now -> now.ended(run, outcome, clock.millis()));
    } catch (WireException e) {
      if (e.failure() != Failure.OVERLOADED) {
        throw e;
      }
      TaskOutcome instead = TaskOutcomes.notKept(outcome);
      return TaskStep.of(hosted, now -> now.ended(run, instead, clock.millis()));
    }
  }

  private Answer ok(JsonOut message) {
    return answers.ok(message);
  }

  private Answer news(TaskStep step) {
    return news(step.record(), step.task());
  }

  private Answer news(StateRecord record, TaskInfo task) {
    return TaskNews.of(record, task).answer(answers);
  }

  private void change(
      Hosted hosted, UnaryOperator<TaskInfo> step, Reply reply, Function<TaskStep, Answer> answer) {
    TaskStep made;
    try {
      made = TaskStep.of(hosted, step);
    } catch (WireException e) {
      reply.fail(e);
      return;
    }
    made(hosted, made, reply, answer.apply(made));
  }

  private void made(Hosted hosted, TaskStep made, Reply reply, Answer answer) {
    whenCopied(hosted, made.record(), reply, answer);
    if (made.changed()) {
      announcer.announce(hosted, made);
    }
  }

  private static void whenCopied(Hosted hosted, StateRecord record, Reply reply, Answer answer) {
    hosted
        .copied(record.version())
        .onComplete(
            copied -> reply.end(answer), problem -> reply.fail(WireException.from(problem)));
  }

  /** The record may move meanwhile; whoever waits follows it. */
  private void wait(Hosted hosted, TaskWatch.Watcher watcher, Reply reply) {
    TaskWatch watch = hosted.attachment(TaskWatch.class, TaskWatch::new);
    reply.park();
    if (!watch.add(watcher)) {
      refused.increment();
      reply.fail(
          new WireException(
              Failure.OVERLOADED,
              "waiting for one task: " + TaskWatch.MAX_WATCHERS + " (limit reached)"));
      return;
    }
    reply.onClientGone(
        () -> {
          if (watch.remove(watcher)) {
            reply.end(answers.accepted());
          }
        });
    StateRecord now = hosted.record();
    TaskInfo task = now.contents().task();
    if (task != null) {
      // It may have changed just before; a change that is not copied yet is announced later.
      hosted.copied(now.version()).onSuccess(copied -> watcher.changed(now, task));
    }
  }
}
