package io.mcpnode.wire;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The requests that one event loop has open, and the address where their answers arrive. Everything
 * but {@link #run} happens on its event loop.
 */
final class Lane {

  private static final long SWEEP_MILLIS = 50;
  private static final long AUDIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long AUDITED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final BusRpc rpc;
  private final ContextInternal context;
  private final int index;
  private final LongObjectMap<Ask> open = new LongObjectHashMap<>();
  private @Nullable Registered consumer;
  private long lastNumber;
  private long lastAudit;
  private long timer = -1;

  Lane(BusRpc rpc, ContextInternal context, int index) {
    this.rpc = rpc;
    this.context = context;
    this.index = index;
    this.lastAudit = rpc.clock().nanos();
  }

  static String address(NodeId node, int lane) {
    return "mcp.reply.v1." + node + "." + lane;
  }

  /** The lane that waits for the reply to this request. */
  static int of(long id) {
    return (int) (id & 0xff);
  }

  ContextInternal context() {
    return context;
  }

  NodeId self() {
    return rpc.self();
  }

  Future<Void> start() {
    return Contexts.on(
        context,
        () -> {
          timer = context.owner().setPeriodic(SWEEP_MILLIS, SWEEP_MILLIS, id -> sweep());
          return rpc.registrar()
              .register(
                  address(rpc.self(), index), message -> rpc.guarded(() -> receive(message.body())))
              .map(
                  registered -> {
                    consumer = registered;
                    return null;
                  });
        });
  }

  Future<Void> stop() {
    return Contexts.on(
        context,
        () -> {
          context.owner().cancelTimer(timer);
          failAll(new WireException(Failure.INDETERMINATE, "this node stops"));
          return consumer == null ? Future.succeededFuture() : consumer.unregister();
        });
  }

  /** On this lane's event loop, at once if the caller is there. */
  void run(Runnable action) {
    if (context.inThread()) {
      action.run();
    } else {
      context.runOnContext(v -> action.run());
    }
  }

  boolean isOpen(long id) {
    return open.containsKey(id);
  }

  void start(Ask ask, Body body) {
    if (!rpc.isMember(ask.to())) {
      ask.fail(new WireException(Failure.NODE_DOWN, ask.to() + " is not a member"));
      return;
    }
    Peer peer = rpc.peer(ask.to());
    if (!peer.acquire(rpc.maxInFlightPerPeer())) {
      rpc.counters().refused().increment();
      ask.fail(
          new WireException(
              Failure.OVERLOADED,
              "requests open to " + ask.to() + ": " + peer.openAsks() + " (the limit)"));
      return;
    }
    long now = rpc.clock().nanos();
    long remaining = TimeUnit.NANOSECONDS.toMillis(ask.deadline() - now);
    lastNumber++;
    long id = lastNumber << 8 | index;
    ask.opened(id, peer);
    open.put(id, ask);
    Frame.Request request =
        new Frame.Request(
            rpc.self(),
            id,
            TimeUnit.NANOSECONDS.toMillis(now),
            (int) Math.max(0, Math.min(remaining, Integer.MAX_VALUE)),
            body);
    peer.link().toService(ask.service(), request, cause -> run(() -> notSent(id, cause)));
  }

  private void notSent(long id, Throwable cause) {
    fail(
        id,
        cause instanceof WireException known
            ? known
            : new WireException(Failure.INDETERMINATE, String.valueOf(cause)));
  }

  void receive(Frame frame) {
    if (frame instanceof Frame.Reply reply) {
      @Nullable Ask ask = open.get(reply.id());
      if (ask == null) {
        return; // it was given up
      }
      if (!ask.hasAll(reply.events())) {
        fail(reply.id(), lost("an event"));
        return;
      }
      try {
        WireMessage message = reply.body().message(ask.service().codec());
        close(reply.id());
        ask.succeed(message);
      } catch (IllegalArgumentException e) {
        rpc.counters().malformed().increment();
        fail(reply.id(), new WireException(Failure.INDETERMINATE, "reply: " + e.getMessage()));
      }
    } else if (frame instanceof Frame.Failed failed) {
      fail(failed.id(), failed.reason());
    } else if (frame instanceof Frame.Event event) {
      @Nullable Ask ask = open.get(event.id());
      if (ask != null && !ask.event(event)) {
        fail(event.id(), lost("an event"));
      }
    } else if (frame instanceof Frame.Audited audited) {
      for (int i = 0; i < audited.ids().length; i++) {
        @Nullable Ask ask = open.get(audited.ids()[i]);
        if (ask != null && ask.audited(audited.sent()[i])) {
          fail(ask.id(), lost("the request or its answer"));
        }
      }
    }
  }

  private WireException lost(String what) {
    rpc.counters().lost().increment();
    return new WireException(Failure.INDETERMINATE, what + " was lost on the way");
  }

  /** Fails what is open to a node that has left the cluster. */
  void peerGone(NodeId node) {
    for (Ask ask : List.copyOf(open.values())) {
      if (ask.to().equals(node)) {
        fail(ask.id(), new WireException(Failure.INDETERMINATE, node + " left the cluster"));
      }
    }
  }

  private void failAll(WireException reason) {
    for (Ask ask : List.copyOf(open.values())) {
      fail(ask.id(), reason);
    }
  }

  private void fail(long id, WireException reason) {
    @Nullable Ask ask = close(id);
    if (ask != null) {
      if (reason.failure() == Failure.INDETERMINATE) {
        rpc.counters().indeterminate().increment();
      }
      ask.fail(reason);
    }
  }

  private @Nullable Ask close(long id) {
    @Nullable Ask ask = open.remove(id);
    if (ask != null && ask.peer() != null) {
      ask.peer().release();
    }
    return ask;
  }

  private void sweep() {
    if (open.isEmpty()) {
      return;
    }
    long now = rpc.clock().nanos();
    List<Ask> over = new ArrayList<>();
    for (Ask ask : open.values()) {
      if (now - ask.deadline() >= 0) {
        over.add(ask);
      }
    }
    for (Ask ask : over) {
      fail(ask.id(), new WireException(Failure.INDETERMINATE, "no answer in time of " + ask.to()));
    }
    if (now - lastAudit >= AUDIT_NANOS) {
      lastAudit = now;
      audit(now);
    }
  }

  private void audit(long now) {
    Map<Peer, List<Ask>> old = new HashMap<>();
    for (Ask ask : open.values()) {
      if (ask.peer() != null && now - ask.started() >= AUDITED_AFTER_NANOS) {
        old.computeIfAbsent(ask.peer(), peer -> new ArrayList<>()).add(ask);
      }
    }
    old.forEach(
        (peer, asks) -> {
          long[] ids = asks.stream().mapToLong(Ask::id).toArray();
          int[] consumed = asks.stream().mapToInt(Ask::consumed).toArray();
          peer.link().toControl(new Frame.Audit(rpc.self(), index, ids, consumed));
        });
  }
}
