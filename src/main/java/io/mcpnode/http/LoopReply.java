package io.mcpnode.http;

import io.mcpnode.affinity.Answer;
import io.mcpnode.server.ClientReply;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reply that belongs to an event loop. Calls from other threads are moved there, in order; on the
 * event loop itself nothing is queued unless a moved call is still on its way.
 */
abstract class LoopReply implements ClientReply {

  private static final Logger LOG = LoggerFactory.getLogger(LoopReply.class);
  private static final AtomicIntegerFieldUpdater<LoopReply> MOVING =
      AtomicIntegerFieldUpdater.newUpdater(LoopReply.class, "moving");

  final Loop loop;
  private final long started = Clock.SYSTEM.nanos();
  private int method = RequestMeters.INVALID;
  private volatile int moving;
  private @Nullable Runnable whenGone;
  private @Nullable String node;
  private boolean ended;
  private boolean gone;

  LoopReply(Loop loop) {
    this.loop = loop;
  }

  /** Writes a message ahead of the answer; the client is there. */
  abstract Future<Void> write(Buffer message);

  /** As {@link #write(Buffer)}, with an id; an empty message is an id or a sign of life alone. */
  Future<Void> write(Buffer message, @Nullable String id) {
    return message.length() == 0 ? Future.succeededFuture() : write(message);
  }

  /** Ends the connection ahead of the answer. */
  void cut(int retryMillis) {}

  /** Writes the answer. Not called if the client has gone. */
  abstract void finish(Answer answer);

  /** The answer is known, or nobody waits for it any more: called once. */
  abstract void release();

  @Override
  public final void asked(String method) {
    this.method = RequestMeters.number(method);
  }

  private void count(Outcome outcome) {
    loop.edge.requests.ended(method, outcome, Clock.SYSTEM.nanos() - started);
  }

  @Override
  public final Future<Void> event(Buffer message) {
    if (isDirect()) {
      return eventHere(message);
    }
    Promise<Void> promise = Promise.promise();
    move(() -> eventHere(message).onComplete(promise));
    return promise.future();
  }

  @Override
  public final Future<Void> event(Buffer message, @Nullable String id) {
    if (isDirect()) {
      return eventHere(message, id);
    }
    Promise<Void> promise = Promise.promise();
    move(() -> eventHere(message, id).onComplete(promise));
    return promise.future();
  }

  @Override
  public final void disconnect(int retryMillis) {
    if (isDirect()) {
      disconnectHere(retryMillis);
    } else {
      move(() -> disconnectHere(retryMillis));
    }
  }

  private void disconnectHere(int retryMillis) {
    if (!gone && !ended && resumable()) {
      cut(retryMillis);
      clientGone();
    }
  }

  @Override
  public final void end(Answer answer) {
    if (isDirect()) {
      endHere(answer);
    } else {
      move(() -> endHere(answer));
    }
  }

  @Override
  public final void onClientGone(Runnable action) {
    if (isDirect()) {
      onClientGoneHere(action);
    } else {
      move(() -> onClientGoneHere(action));
    }
  }

  @Override
  public final void executing(String node) {
    if (isDirect()) {
      this.node = node;
    } else {
      move(() -> this.node = node);
    }
  }

  final @Nullable String node() {
    return node;
  }

  private boolean isDirect() {
    return loop.isHere() && moving == 0;
  }

  private void move(Runnable call) {
    MOVING.incrementAndGet(this);
    loop.run(
        () -> {
          MOVING.decrementAndGet(this);
          call.run();
        });
  }

  private Future<Void> eventHere(Buffer message) {
    return gone || ended
        ? Future.failedFuture(
            new WireException(
                Failure.NODE_DOWN, gone ? "the client has gone" : "the answer has ended"))
        : write(message);
  }

  private Future<Void> eventHere(Buffer message, @Nullable String id) {
    return gone || ended
        ? Future.failedFuture(
            new WireException(
                Failure.NODE_DOWN, gone ? "the client has gone" : "the answer has ended"))
        : write(message, id);
  }

  private void endHere(Answer answer) {
    if (ended) {
      loop.edge.meters.failures.increment();
      LOG.error("a request was answered twice; the second answer is dropped");
      return;
    }
    ended = true;
    whenGone = null;
    if (!gone) {
      release();
      finish(answer);
      count(Outcome.of(answer));
    }
  }

  private void onClientGoneHere(Runnable action) {
    if (gone) {
      action.run();
    } else if (!ended) {
      Runnable before = whenGone;
      whenGone =
          before == null
              ? action
              : () -> {
                before.run();
                action.run();
              };
    }
  }

  /** Answers for somebody who failed to, if he did not before. On the event loop. */
  final void endIfOpen(Answer answer) {
    if (!ended) {
      endHere(answer);
    }
  }

  /** The client went. On the event loop. */
  final void clientGone() {
    if (gone || ended) {
      return;
    }
    gone = true;
    count(Outcome.GONE);
    release();
    Runnable action = whenGone;
    whenGone = null;
    if (action != null) {
      action.run();
    }
  }
}
