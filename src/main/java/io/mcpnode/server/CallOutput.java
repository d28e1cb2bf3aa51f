package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the client of a call: messages, and one answer. Straight to where it was asked, or
 * by a stream that the client can go on with elsewhere. Any thread.
 */
abstract class CallOutput {

  /** Nothing was sent ahead of the answer; or a stream has begun; or the call has ended without. */
  private static final int QUIET = 0;

  private static final int STREAMING = 1;
  private static final int ENDED = 2;

  private static final AtomicIntegerFieldUpdater<CallOutput> PHASE =
      AtomicIntegerFieldUpdater.newUpdater(CallOutput.class, "phase");
  final CallParts parts;
  final Message.Request request;
  final Revision revision;
  final String principal;
  final @Nullable Hosted hosted;
  final Reply reply;
  private final AtomicBoolean answered = new AtomicBoolean();
  private volatile int phase;
  private volatile @Nullable CallStream stream;

  CallOutput(
      CallParts parts,
      Message.Request request,
      Revision revision,
      String principal,
      @Nullable Hosted hosted,
      Reply reply) {
    this.parts = parts;
    this.request = request;
    this.revision = revision;
    this.principal = principal;
    this.hosted = hosted;
    this.reply = reply;
  }

  /** There is an answer, and it is about to go. */
  abstract void ended();

  RequestId id() {
    return request.id();
  }

  Message.Request request() {
    return request;
  }

  Revision revision() {
    return revision;
  }

  public String principal() {
    return principal;
  }

  /** The first answer is the answer. */
  void end(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      ended();
      CallStream begun = PHASE.compareAndSet(this, QUIET, ENDED) ? null : begunStream();
      if (begun == null) {
        reply.end(answer);
      } else {
        begun.end(answer);
      }
    }
  }

  /** A message to the client, ahead of the answer. */
  Future<Void> send(Buffer message) {
    if (answered.get()) {
      return Future.failedFuture(new WireException(Failure.NODE_DOWN, "the call has ended"));
    }
    if (!canBeResumed()) {
      return reply.event(message);
    }
    beginStream();
    CallStream begun = begunStream();
    return begun != null
        ? begun.send(message)
        : Future.failedFuture(new WireException(Failure.NODE_DOWN, "the call has ended"));
  }

  private boolean canBeResumed() {
    return hosted != null && !revision.modern() && reply.resumable();
  }

  /** Its client comes back for an answer whose first sign was an id alone. */
  boolean canBeResumedEarly() {
    return revision.primes() && canBeResumed();
  }

  boolean isEnded() {
    return answered.get();
  }

  /** Does nothing if it has begun, the call has ended, or its client could not resume it. */
  void beginStream() {
    Hosted session = hosted;
    if (session != null && canBeResumed() && PHASE.compareAndSet(this, QUIET, STREAMING)) {
      try {
        stream = parts.stream(this, session, reply);
      } catch (RuntimeException | Error e) {
        phase = ENDED;
        throw e;
      }
    }
  }

  /** Whoever began it is about to have it; null if nobody did, or could. */
  private @Nullable CallStream begunStream() {
    while (stream == null && phase == STREAMING) {
      Thread.onSpinWait();
    }
    return stream;
  }

  /** Has the client come back for the rest; does nothing if it would not. */
  void disconnect() {
    if (canBeResumedEarly()) {
      beginStream();
      CallStream begun = begunStream();
      if (begun != null) {
        begun.disconnect();
      }
    }
  }
}
