package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.Revision;
import io.mcpnode.state.StateRecord;
import io.mcpnode.state.TaskInfo;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the session of one task how it stands, at the owner of the task: one status after the
 * other, so that the last that its client hears is the last. What changes while one is on its way
 * is told together. Nothing is kept for a session that does not listen.
 */
final class StatusNews {

  private final Affinity affinity;
  private final String session;
  private final String principal;
  private final AtomicReference<@Nullable Buffer> waiting = new AtomicReference<>();
  private final AtomicBoolean sending = new AtomicBoolean();

  StatusNews(Affinity affinity, String session, String principal) {
    this.affinity = affinity;
    this.session = session;
    this.principal = principal;
  }

  /** The session that hears of this step; null if none does. */
  static @Nullable String session(TaskStep step) {
    TaskInfo task = step.task();
    Revision revision = Revision.of(task.order().revision());
    return step.before().status() != task.status() && revision != null && revision.tasks()
        ? task.order().stateKey()
        : null;
  }

  void tell(StateRecord record, Buffer notification) {
    waiting.set(Buffer.buffer(record.key() + "\n").appendBuffer(notification));
    send();
  }

  private void send() {
    if (!sending.compareAndSet(false, true)) {
      return;
    }
    Buffer next = waiting.getAndSet(null);
    if (next == null) {
      sending.set(false);
      if (waiting.get() != null) {
        send();
      }
      return;
    }
    Awaited told = new Awaited();
    told.answer()
        .onComplete(
            done -> {
              sending.set(false);
              send();
            });
    affinity.dispatch(session, new Request(Request.Verb.NEWS, next, principal, null, true), told);
  }
}
