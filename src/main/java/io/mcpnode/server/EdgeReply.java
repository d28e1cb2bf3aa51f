package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The reply at the node that the client reached: knows the id, so that a failure becomes an answer,
 * and the record that the request has entered, if it was entered here.
 */
final class EdgeReply implements Reply {

  private final ClientReply client;
  private final Failures failures;
  private final @Nullable RequestId id;
  private final Failures.Asked asked;
  private final @Nullable Hosted entered;
  private volatile String executing;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean left = new AtomicBoolean();
  private @Nullable Resumption resumption;
  private volatile @Nullable String last;
  private volatile boolean streamed;

  /** Goes on with the stream of a call whose node was lost. */
  interface Resumption {
    void goOn(ClientReply client, String last);
  }

  /**
   * @param entered left with the answer; null if nothing was entered here
   */
  EdgeReply(
      ClientReply client,
      Failures failures,
      @Nullable RequestId id,
      Failures.Asked asked,
      @Nullable Hosted entered) {
    this.client = client;
    this.failures = failures;
    this.id = id;
    this.asked = asked;
    this.entered = entered;
    this.executing = failures.node();
  }

  /** Before the request is executed. */
  EdgeReply resumedBy(Resumption whoGoesOn) {
    resumption = whoGoesOn;
    return this;
  }

  @Override
  public void executing(String node) {
    executing = node;
  }

  @Override
  public Future<Void> event(Buffer message) {
    client.executing(executing);
    return client.event(message);
  }

  @Override
  public Future<Void> event(Buffer message, @Nullable String id) {
    client.executing(executing);
    if (id != null) {
      last = id;
      streamed |= message.length() > 0;
    }
    Future<Void> written = client.event(message, id);
    // A message that is not written would be missing: the client shall come back for it.
    written.onFailure(problem -> client.disconnect(CallStream.POLL_MILLIS));
    return written;
  }

  @Override
  public boolean resumable() {
    return client.resumable();
  }

  @Override
  public void disconnect(int retryMillis) {
    client.disconnect(retryMillis);
  }

  /** What the client has heard of the call can't be taken back. */
  @Override
  public boolean mayRepeat() {
    return !streamed;
  }

  @Override
  public void end(Answer answer) {
    if (ended.compareAndSet(false, true)) {
      leave();
      client.end(answer);
    }
  }

  private void leave() {
    if (entered != null && left.compareAndSet(false, true)) {
      entered.leave();
    }
  }

  /** The client stays at this node, so nothing follows the record when it moves. */
  @Override
  public void park() {
    leave();
  }

  @Override
  public void fail(WireException reason) {
    String heard = last;
    Resumption whoGoesOn = resumption;
    if (reason.failure() == Failure.INDETERMINATE && heard != null && whoGoesOn != null) {
      if (ended.compareAndSet(false, true)) {
        leave();
        whoGoesOn.goOn(client, heard);
      }
      return;
    }
    end(failures.answer(Failures.reason(reason), id, asked));
  }

  @Override
  public Span span() {
    return client.span();
  }

  @Override
  public void onClientGone(Runnable action) {
    client.onClientGone(action);
  }
}
