package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Collects the answers to the messages of a batch, in their order, and sends them as one array when
 * the last has come; a batch to which nothing is answered is accepted.
 */
final class BatchReply {

  private final Reply whole;
  private final Answers answers;
  private final Failures failures;
  private final AtomicReferenceArray<Answer> parts;
  private final AtomicInteger open;

  BatchReply(Reply whole, Answers answers, Failures failures, int size) {
    this.whole = whole;
    this.answers = answers;
    this.failures = failures;
    parts = new AtomicReferenceArray<>(size);
    open = new AtomicInteger(size);
  }

  /** The reply for the message at this place. */
  Reply part(int index, @Nullable RequestId id) {
    return new Part(index, id);
  }

  private void done() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    Buffer array = Buffer.buffer();
    for (int i = 0; i < parts.length(); i++) {
      Buffer body = parts.get(i).body();
      if (body != null) {
        array.appendString(array.length() == 0 ? "[" : ",").appendBuffer(body);
      }
    }
    whole.end(
        array.length() == 0
            ? answers.accepted()
            : Answer.ok(answers.node(), array.appendString("]")));
  }

  private final class Part implements Reply {
    private final int index;
    private final @Nullable RequestId id;

    Part(int index, @Nullable RequestId id) {
      this.index = index;
      this.id = id;
    }

    @Override
    public Future<Void> event(Buffer message) {
      return whole.event(message);
    }

    @Override
    public void end(Answer answer) {
      if (parts.compareAndSet(index, null, answer)) {
        done();
      }
    }

    @Override
    public void fail(WireException reason) {
      end(failures.answer(Failures.reason(reason), id, Failures.Asked.IN_SESSION));
    }

    @Override
    public Span span() {
      return whole.span();
    }

    @Override
    public void onClientGone(Runnable action) {
      whole.onClientGone(action);
    }
  }
}
