package io.mcpnode.server;

import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.AsyncResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task that a call becomes when its tool says so, and not before. */
final class TaskOnDemand {

  private final TaskCreation tasks;
  private final TaskCall from;
  private final AtomicReference<@Nullable CompletableFuture<Void>> asked = new AtomicReference<>();
  private volatile @Nullable TaskRun run;

  TaskOnDemand(TaskCreation tasks, TaskCall from) {
    this.tasks = tasks;
    this.from = from;
  }

  /** See {@link io.mcpnode.api.ToolContext#task}. */
  CompletableFuture<Void> begin(ToolCall call) {
    CompletableFuture<Void> fresh = new CompletableFuture<>();
    CompletableFuture<Void> before = asked.compareAndExchange(null, fresh);
    if (before != null) {
      return before;
    }
    tasks
        .become(from, call)
        .onComplete(
            begun -> {
              run = begun;
              fresh.complete(null);
            },
            problem ->
                fresh.completeExceptionally(
                    new McpException(
                        RpcCode.INTERNAL_ERROR.value(), "no task could be made; try later")));
    return fresh;
  }

  boolean begun() {
    return run != null;
  }

  void toolDone(ToolCall call, long started, AsyncResult<ToolOutcome> result) {
    TaskRun begun = run;
    if (begun != null) {
      begun.toolDone(call, started, result);
    }
  }
}
