package io.mcpnode.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The runs of tasks on this node, each with a place among the calls that run here. */
final class TaskRuns {

  private final CallGate gate;
  private final ConcurrentHashMap<String, Object> running = new ConcurrentHashMap<>();
  private final AtomicInteger active = new AtomicInteger();
  private volatile @Nullable Promise<Void> idle;

  TaskRuns(CallGate gate) {
    this.gate = gate;
  }

  boolean has(String key) {
    return running.containsKey(key);
  }

  /**
   * A run is about to begin, and its place among the calls is taken. {@link #ended} or {@link
   * #neverBegan} must follow.
   *
   * @param holder stands in for the run
   */
  void begins(String key, Object holder) {
    active.incrementAndGet();
    running.put(key, holder);
  }

  /** The run takes the place of what stood in for it. */
  void begun(String key, TaskRun run) {
    running.put(key, run);
  }

  /**
   * The run has ended, and its task knows: its place among the calls is free. Once per run.
   *
   * @param holder the run itself, or what stood in for it
   */
  void ended(String key, Object holder) {
    gate.leave();
    neverBegan(key, holder);
  }

  /** There will be no run; what becomes of the place among the calls is the caller's business. */
  void neverBegan(String key, Object holder) {
    running.remove(key, holder);
    Promise<Void> waiting = idle;
    if (active.decrementAndGet() == 0 && waiting != null) {
      waiting.tryComplete();
    }
  }

  /** Completes when no task runs on this node; none shall begin meanwhile. */
  Future<Void> idle() {
    Promise<Void> promise = Promise.promise();
    idle = promise;
    if (active.get() == 0) {
      promise.tryComplete();
    }
    return promise.future();
  }
}
