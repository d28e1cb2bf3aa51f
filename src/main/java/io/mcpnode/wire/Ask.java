package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that waits for its reply. Owned by its lane; the caller sees it as an exchange. */
final class Ask implements Rpc.Exchange {

  /** Events handled between two credits. */
  private static final int CREDIT_STEP = 32;

  private final Lane lane;
  private final NodeId to;
  private final Service service;
  private final ContextInternal context;
  private final Promise<WireMessage> promise;
  private final Consumer<WireMessage> onEvent;
  private final long started;
  private final long deadline;

  // From here on: only on the lane.
  private long id;
  private @Nullable Peer peer;
  private int received;
  private int consumed;
  private int credited;
  private int strikes;
  private int receivedAtAudit;

  Ask(
      Lane lane,
      NodeId to,
      Service service,
      ContextInternal context,
      Consumer<WireMessage> onEvent,
      long started,
      long deadline) {
    this.lane = lane;
    this.to = to;
    this.service = service;
    this.context = context;
    this.promise = context.promise();
    this.onEvent = onEvent;
    this.started = started;
    this.deadline = deadline;
  }

  @Override
  public Future<WireMessage> reply() {
    return promise.future();
  }

  @Override
  public void send(WireMessage message) {
    Body body = Body.of(service.codec(), message);
    lane.run(
        () -> {
          if (peer != null && lane.isOpen(id)) {
            peer.link().toControl(new Frame.Further(lane.self(), id, body));
          }
        });
  }

  void opened(long id, Peer peer) {
    this.id = id;
    this.peer = peer;
  }

  NodeId to() {
    return to;
  }

  Service service() {
    return service;
  }

  @Nullable Peer peer() {
    return peer;
  }

  long id() {
    return id;
  }

  long started() {
    return started;
  }

  long deadline() {
    return deadline;
  }

  int consumed() {
    return consumed;
  }

  void succeed(WireMessage reply) {
    promise.tryComplete(reply);
  }

  void fail(WireException reason) {
    promise.tryFail(reason);
  }

  /** False: an event before this one was lost. */
  boolean event(Frame.Event event) {
    if (event.number() != received + 1) {
      return false;
    }
    WireMessage message = event.body().message(service.codec());
    received++;
    context.emit(
        message,
        it -> {
          try {
            onEvent.accept(it);
          } finally {
            lane.run(this::eventHandled);
          }
        });
    return true;
  }

  /** False: an event was lost. */
  boolean hasAll(int events) {
    return received == events;
  }

  private void eventHandled() {
    consumed++;
    if (consumed - credited >= CREDIT_STEP && peer != null && lane.isOpen(id)) {
      credited = consumed;
      peer.link().toControl(new Frame.Credit(lane.self(), id, consumed));
    }
  }

  /**
   * What the peer said about this request.
   *
   * @param sent events, or -1 if the peer does not know it
   * @return whether something was lost for good: twice in a row the peer knew nothing of it, or had
   *     sent more than came
   */
  boolean audited(int sent) {
    boolean behind = sent < 0 || sent > received;
    strikes = behind && received == receivedAtAudit ? strikes + 1 : behind ? 1 : 0;
    receivedAtAudit = received;
    return strikes >= 2;
  }
}
