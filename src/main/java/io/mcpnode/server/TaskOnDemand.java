package io.mcpnode.server;

import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task that a call becomes when its tool says so, and not before. A tool may be done while the
 * task is still being made: what it has answered waits until it is known to whom it belongs.
 */
final class TaskOnDemand {

  private final TaskCreation tasks;
  private final TaskCall from;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<Void> asked;
  private boolean making;
  private boolean toolDone;
  private @Nullable TaskRun run;
  private @Nullable Consumer<@Nullable TaskRun> waiting;

  TaskOnDemand(TaskCreation tasks, TaskCall from) {
    this.tasks = tasks;
    this.from = from;
  }

  /** See {@link io.mcpnode.api.ToolContext#task}. */
  CompletableFuture<Void> begin(ToolCall call) {
    CompletableFuture<Void> fresh = new CompletableFuture<>();
    lock.lock();
    try {
      CompletableFuture<Void> before = asked;
      if (before != null) {
        return before;
      }
      if (toolDone) {
        return CompletableFuture.failedFuture(
            new McpException(RpcCode.INTERNAL_ERROR.value(), "no task: the call has ended"));
      }
      asked = fresh;
      making = true;
    } finally {
      lock.unlock();
    }
    Future.succeededFuture()
        .compose(go -> tasks.become(from, call))
        .onComplete(
            begun -> {
              made(begun);
              fresh.complete(null);
            },
            problem -> {
              made(null);
              fresh.completeExceptionally(
                  new McpException(
                      RpcCode.INTERNAL_ERROR.value(), "no task could be made; try later"));
            });
    return fresh;
  }

  /**
   * @param begun null if there is no task
   */
  private void made(@Nullable TaskRun begun) {
    Consumer<@Nullable TaskRun> end;
    lock.lock();
    try {
      making = false;
      run = begun;
      end = waiting;
    } finally {
      lock.unlock();
    }
    if (end != null) {
      end.accept(begun);
    }
  }

  /**
   * Runs one of the two, once: now, or when it is known whether there is a task.
   *
   * @param ofTask the call has become a task, and this is its run
   * @param ofCall it has not
   */
  void toolDone(Consumer<TaskRun> ofTask, Runnable ofCall) {
    Consumer<@Nullable TaskRun> end =
        begun -> {
          if (begun == null) {
            ofCall.run();
          } else {
            ofTask.accept(begun);
          }
        };
    TaskRun begun;
    lock.lock();
    try {
      toolDone = true;
      if (making) {
        waiting = end;
        return;
      }
      begun = run;
    } finally {
      lock.unlock();
    }
    end.accept(begun);
  }
}
