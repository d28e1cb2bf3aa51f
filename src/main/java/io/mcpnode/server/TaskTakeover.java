package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the owner of a task does about the node that runs it. A task is a record like a session, so
 * it is owned, copied, moved and taken over like one; the node that runs the tool is named in it.
 * If that one is gone, the owner runs it again, if the tool says that this is harmless, or ends it
 * at once.
 */
final class TaskTakeover {

  private static final Logger LOG = LoggerFactory.getLogger(TaskTakeover.class);

  private final Affinity affinity;
  private final TaskRunner runner;
  private final TaskAnnouncer announcer;
  private final TaskRuns runs;
  private final CallGate gate;
  private final ToolCatalog tools;
  private final TaskLimits limits;
  private final Loop loop;
  private final Clock clock;
  private final String self;
  private final Counter restarted;
  private final Counter lost;

  /** What ownership of a task here counts as, once. */
  private static final class Seat {}

  TaskTakeover(
      Affinity affinity,
      TaskRunner runner,
      TaskAnnouncer announcer,
      TaskRuns runs,
      CallGate gate,
      ToolCatalog tools,
      TaskLimits limits,
      Loop loop,
      Clock clock,
      MeterRegistry meters) {
    this.affinity = affinity;
    this.runner = runner;
    this.announcer = announcer;
    this.runs = runs;
    this.gate = gate;
    this.tools = tools;
    this.limits = limits;
    this.loop = loop;
    this.clock = clock;
    this.self = affinity.self().toString();
    restarted =
        Counter.builder("mcp.tasks.restarted")
            .description("Tasks that run again because the node that ran them was lost")
            .register(meters);
    lost =
        Counter.builder("mcp.tasks.lost")
            .description("Tasks that failed because the node that ran them was lost")
            .register(meters);
  }

  /** See {@link Affinity.Executor#owned}. */
  void owned(Hosted hosted) {
    StateRecord record = hosted.record();
    TaskInfo task = record.contents().task();
    if (task == null) {
      return;
    }
    hosted.attachment(Seat.class, () -> seat(hosted, record.principal()));
    ToolCatalog.Entry tool = tools.tool(task.order().tool());
    boolean repeatable = tool != null && tool.repeatable();
    switch (Takeover.of(task, isGone(record.key(), task), repeatable)) {
      case RUN_AGAIN ->
          restart(hosted, task.run())
              .onFailure(
                  problem -> LOG.warn("A task does not run again: {}", problem.getMessage()));
      case FAIL -> fail(hosted, task.run());
      case LEAVE -> {}
    }
  }

  private Seat seat(Hosted hosted, String requester) {
    limits.enter(requester);
    hosted.onLost(reason -> limits.leave(requester));
    return new Seat();
  }

  private boolean isGone(String key, TaskInfo task) {
    return task.runner().equals(self)
        ? !runs.has(key)
        : affinity.isGone(NodeId.parse(task.runner()));
  }

  private void fail(Hosted hosted, int run) {
    TaskStep step;
    try {
      step = TaskStep.of(hosted, task -> task.ended(run, TaskOutcomes.lost(), clock.millis()));
    } catch (WireException moved) {
      LOG.debug("the next owner will see to it: {}", moved.getMessage());
      return;
    }
    if (step.changed()) {
      lost.increment();
      LOG.info("A task failed: the node that ran it is gone");
      announcer.announce(hosted, step);
    }
  }

  /**
   * Runs the task here in place of that run; completes when the task knows, and does nothing if
   * another run has begun meanwhile.
   */
  Future<Void> restart(Hosted hosted, int run) {
    AtomicBoolean holder = new AtomicBoolean();
    String key = hosted.record().key();
    TaskStep step;
    try {
      step =
          TaskStep.of(
              hosted,
              task -> {
                TaskInfo next = task.restarted(run, self, clock.millis());
                if (!next.equals(task)) {
                  holder.set(true);
                  runs.begins(key, holder);
                }
                return next;
              });
    } catch (WireException moved) {
      if (holder.get()) {
        runs.neverBegan(key, holder);
      }
      return Future.failedFuture(moved);
    }
    Future<Void> copied = hosted.copied(step.record().version());
    if (!step.changed()) {
      return copied;
    }
    gate.enterAnyway();
    return copied.onComplete(
        done -> {
          restarted.increment();
          announcer.announce(hosted, step);
          loop.run(() -> again(hosted, step, holder));
        },
        problem -> runs.ended(key, holder));
  }

  private void again(Hosted hosted, TaskStep step, Object holder) {
    TaskInfo task = step.task();
    ToolCatalog.Entry tool = tools.tool(task.order().tool());
    if (tool == null) {
      runs.ended(step.record().key(), holder);
      fail(hosted, task.run());
      return;
    }
    LOG.info("A task of tool {} runs again: the node that ran it is gone", tool.name());
    runner.again(tool, step.record(), task, hosted);
  }
}
