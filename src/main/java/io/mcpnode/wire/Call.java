package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request of another node that is executed here. Its methods may be called on any thread and take
 * effect in the order of the calls, on the handler's context.
 */
final class Call implements Rpc.Incoming {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);
  private static final int WINDOW = 64;
  private static final int QUEUE = 64;
  private static final int EARLY_MESSAGES = 16;

  private final BusRpc rpc;
  private final Peer peer;
  private final long id;
  private final Service service;
  private final ContextInternal context;
  private final WireMessage message;
  private final long deadline;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger hops = new AtomicInteger();

  // From here on: only on the context, but for the reading of the window by audits.
  private volatile @Nullable EventWindow<Body> window;
  private volatile int sent;
  private @Nullable Consumer<WireMessage> messageHandler;
  private @Nullable Deque<WireMessage> early;
  private @Nullable Runnable goneHandler;
  private boolean askerGone;

  Call(
      BusRpc rpc,
      Peer peer,
      long id,
      Service service,
      ContextInternal context,
      WireMessage message,
      long deadline) {
    this.rpc = rpc;
    this.peer = peer;
    this.id = id;
    this.service = service;
    this.context = context;
    this.message = message;
    this.deadline = deadline;
  }

  @Override
  public NodeId from() {
    return peer.id();
  }

  @Override
  public WireMessage message() {
    return message;
  }

  @Override
  public Duration remaining() {
    long left = deadline - rpc.clock().nanos();
    return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** The asker has given up. */
  boolean isOver(long now) {
    return now - deadline >= 0;
  }

  @Override
  public Future<Void> event(WireMessage event) {
    Body body = Body.of(service.codec(), event);
    Promise<Void> room = context.promise();
    inOrder(
        () -> {
          if (askerGone || ended.get()) {
            room.fail(new WireException(Failure.NOT_FOUND, "nobody waits for this event"));
          } else {
            window().offer(body, room);
          }
        });
    return room.future();
  }

  @Override
  public void reply(WireMessage reply) {
    Body body = Body.of(service.codec(), reply);
    inOrder(() -> end(events -> new Frame.Reply(id, events, body)));
  }

  @Override
  public void fail(WireException reason) {
    inOrder(() -> end(events -> Frame.Failed.of(id, reason)));
  }

  private interface Ending {
    Frame after(int events);
  }

  private void end(Ending ending) {
    if (!ended.compareAndSet(false, true)) {
      LOG.warn("{}: a second answer to {} of {}", service.address(), id, peer.id());
      return;
    }
    @Nullable EventWindow<Body> open = window;
    int events = open == null ? 0 : open.drain();
    // A later audit finds nothing here and the reply on its way.
    peer.calls().remove(id, this);
    if (!askerGone) {
      peer.link().toLane(Lane.of(id), ending.after(events));
    }
  }

  @Override
  public void onMessage(Consumer<WireMessage> handler) {
    inOrder(
        () -> {
          messageHandler = handler;
          Deque<WireMessage> missed = early;
          early = null;
          if (missed != null) {
            missed.forEach(handler);
          }
        });
  }

  @Override
  public void onAskerGone(Runnable handler) {
    inOrder(
        () -> {
          goneHandler = handler;
          if (askerGone) {
            handler.run();
          }
        });
  }

  void further(Frame.Further frame) {
    inOrder(
        () -> {
          WireMessage further = frame.body().message(service.codec());
          if (messageHandler != null) {
            messageHandler.accept(further);
          } else {
            if (early == null) {
              early = new ArrayDeque<>();
            }
            if (early.size() < EARLY_MESSAGES) {
              early.add(further);
            } else {
              rpc.counters().refused().increment();
            }
          }
        });
  }

  void credit(int consumed) {
    if (window != null) {
      inOrder(() -> window().consumed(consumed));
    }
  }

  /** Events sent so far. */
  int sent() {
    return sent;
  }

  void askerGone() {
    peer.calls().remove(id, this);
    inOrder(
        () -> {
          askerGone = true;
          @Nullable EventWindow<Body> open = window;
          if (open != null) {
            open.abandon(new WireException(Failure.NODE_DOWN, peer.id() + " is gone"));
          }
          if (goneHandler != null && !ended.get()) {
            goneHandler.run();
          }
        });
  }

  private EventWindow<Body> window() {
    @Nullable EventWindow<Body> open = window;
    if (open == null) {
      open = new EventWindow<>(WINDOW, QUEUE, this::send);
      window = open;
    }
    return open;
  }

  private void send(int number, Body event) {
    sent = number;
    peer.link().toLane(Lane.of(id), new Frame.Event(id, number, event));
  }

  /** On the context, after whatever was called before, from wherever. */
  private void inOrder(Runnable action) {
    if (context.inThread() && hops.get() == 0) {
      action.run();
    } else {
      hops.incrementAndGet();
      context.runOnContext(
          v -> {
            hops.decrementAndGet();
            action.run();
          });
    }
  }
}
