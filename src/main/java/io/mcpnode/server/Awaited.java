package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Reply;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The answer to what this node itself asks an owner; nobody hears what comes ahead of it. */
final class Awaited implements Reply {

  private final Promise<Answer> answer = Promise.promise();
  private volatile @Nullable Runnable whenGone;
  private volatile boolean givenUp;

  /** Fails with a {@link WireException}. */
  Future<Answer> answer() {
    return answer.future();
  }

  /** Nobody waits any more: whoever works on the answer is told. */
  void giveUp() {
    givenUp = true;
    Runnable action = whenGone;
    if (action != null) {
      action.run();
    }
  }

  @Override
  public Future<Void> event(Buffer message) {
    return Future.succeededFuture();
  }

  @Override
  public void end(Answer end) {
    answer.tryComplete(end);
  }

  @Override
  public void fail(WireException reason) {
    answer.tryFail(reason);
  }

  /** Each try replaces what the one before wanted to do. */
  @Override
  public void onClientGone(Runnable action) {
    whenGone = action;
    if (givenUp) {
      action.run();
    }
  }
}
