package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;

/** The tasks of one node, put together: made, run, owned and asked about. */
final class Tasks {

  private final TaskRuns runs;
  private final TaskTakeover takeover;
  private final TaskOwner owner;
  private final TaskMethods methods;
  private final TaskFollowing following;

  /**
   * @param maxBytes of a task, and of its result
   */
  Tasks(
      Affinity affinity,
      CallRunner calls,
      CallGate gate,
      ToolCatalog tools,
      Answers answers,
      Failures failures,
      ServerCard server,
      Spans spans,
      Loop loop,
      Clock clock,
      int maxBytes,
      MeterRegistry meters) {
    TaskProjection projection = new TaskProjection(server);
    TaskDoor door = new TaskDoor(affinity, loop);
    TaskLimits limits = new TaskLimits(TaskLimits.MAX_PER_NODE, TaskLimits.MAX_PER_CLIENT, meters);
    TaskOutcomes outcomes = new TaskOutcomes(new MessageWriter(server), maxBytes);
    runs = new TaskRuns(gate);
    TaskRunner runner =
        new TaskRunner(
            affinity, calls, new TaskRun.Parts(door, outcomes, runs, clock), spans, loop);
    TaskAnnouncer announcer = new TaskAnnouncer(affinity);
    takeover =
        new TaskTakeover(
            affinity, runner, announcer, runs, gate, tools, limits, loop, clock, meters);
    owner = new TaskOwner(takeover, announcer, answers, projection, clock, meters);
    TaskCreation creation =
        new TaskCreation(
            affinity,
            runner,
            runs,
            takeover,
            door,
            limits,
            gate,
            answers,
            failures,
            projection,
            clock,
            maxBytes);
    following = new TaskFollowing(door, TaskFollowing.MAX, meters);
    methods = new TaskMethods(affinity, answers, failures, calls, creation, door, projection);
  }

  /** What clients ask for. */
  TaskMethods methods() {
    return methods;
  }

  /** What clients hear of. */
  TaskFollowing following() {
    return following;
  }

  /** What is asked of the owner of a task, here. */
  void execute(Hosted hosted, Request request, Reply reply) {
    owner.execute(hosted, request.body(), request.principal(), reply);
  }

  /** See {@link Affinity.Executor#owned}. */
  void owned(Hosted hosted) {
    takeover.owned(hosted);
  }

  /** Completes when no task runs on this node; none shall begin meanwhile. */
  Future<Void> ended() {
    return runs.idle();
  }
}
