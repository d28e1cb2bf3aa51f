package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The session or handle to which a task belongs. Entered with the first use of its state, so that a
 * task which does not use it never holds its move up; left when the task ends.
 */
final class TaskState implements Hosted {

  private final Affinity affinity;
  private final StateRecord known;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Hosted entered;
  private boolean released;

  TaskState(Affinity affinity, StateRecord known) {
    this.affinity = affinity;
    this.known = known;
  }

  /** For a run in place of another one: the record may be owned by another node. */
  static TaskState of(Affinity affinity, String key, String principal) {
    Hosted here = affinity.enter(key);
    if (here != null) {
      here.leave();
      return new TaskState(affinity, here.record());
    }
    Kind kind = Kind.SESSION.names(key) ? Kind.SESSION : Kind.HANDLE;
    return new TaskState(
        affinity,
        new StateRecord(
            key, kind, affinity.self(), 0, 0, principal, 0, 0, 0, List.of(), Contents.ofHandle()));
  }

  /**
   * @throws McpException {@code owner lost} if it is not owned here, or no longer
   */
  CallState state() {
    return new HostedState(enter());
  }

  private Hosted enter() {
    lock.lock();
    try {
      if (entered == null && !released) {
        entered = affinity.enter(known.key());
      }
      if (entered == null) {
        throw new McpException(RpcCode.OWNER_LOST.value(), "owner lost");
      }
      return entered;
    } finally {
      lock.unlock();
    }
  }

  /** The task has ended. */
  void release() {
    Hosted left;
    lock.lock();
    try {
      left = entered;
      entered = null;
      released = true;
    } finally {
      lock.unlock();
    }
    if (left != null) {
      left.leave();
    }
  }

  @Override
  public StateRecord record() {
    return known;
  }

  @Override
  public StateRecord change(UnaryOperator<Contents> change) {
    return enter().change(change);
  }

  @Override
  public Future<Void> copied(long version) {
    return enter().copied(version);
  }

  @Override
  public void onLost(Consumer<WireException> listener) {
    enter().onLost(listener);
  }

  @Override
  public void leave() {
    release();
  }

  @Override
  public <A> A attachment(Class<A> type, Supplier<A> create) {
    return enter().attachment(type, create);
  }

  @Override
  public <A> @Nullable A attached(Class<A> type) {
    return enter().attached(type);
  }
}
