package io.mcpnode.affinity;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The wire between nodes of one process; nodes can be killed, with what they have in hand. */
public final class SimNetwork {

  private final Vertx vertx;
  private final Map<String, Consumer<Rpc.Incoming>> handlers = new ConcurrentHashMap<>();
  private final List<Ask> open = new CopyOnWriteArrayList<>();
  private final Set<NodeId> dead = ConcurrentHashMap.newKeySet();

  public SimNetwork(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The process ends: it answers nothing any more; nobody knows yet. */
  public void crash(NodeId node) {
    dead.add(node);
  }

  /** Membership has noticed: open requests to it fail. */
  public void gone(NodeId node) {
    for (Ask ask : open) {
      if (ask.to.equals(node)) {
        ask.promise.tryFail(new WireException(Failure.INDETERMINATE, node + " is gone"));
      }
    }
  }

  int openAsks() {
    return (int) open.stream().filter(ask -> !ask.promise.future().isComplete()).count();
  }

  public Rpc on(NodeId self) {
    return new Rpc() {
      @Override
      public NodeId self() {
        return self;
      }

      @Override
      public Exchange open(
          NodeId peer,
          Contract contract,
          WireMessage request,
          Duration timeout,
          Consumer<WireMessage> onEvent) {
        Ask ask = new Ask(self, peer, request, onEvent);
        open.add(ask);
        vertx.runOnContext(
            go -> {
              Consumer<Incoming> handler = handlers.get(contract.address(peer));
              if (handler != null && !dead.contains(peer)) {
                handler.accept(ask);
              }
            });
        return ask;
      }

      @Override
      public void tell(NodeId peer, Contract contract, WireMessage message) {
        open(peer, contract, message, Duration.ofSeconds(1), event -> {});
      }

      @Override
      public Future<Registration> serve(Contract contract, Consumer<Incoming> handler) {
        handlers.put(contract.address(self), handler);
        return Future.succeededFuture(Future::succeededFuture);
      }
    };
  }

  private final class Ask implements Rpc.Exchange, Rpc.Incoming {
    final NodeId from;
    final NodeId to;
    final WireMessage request;
    final Consumer<WireMessage> onEvent;
    final Promise<WireMessage> promise = Promise.promise();
    final List<Consumer<WireMessage>> listeners = new ArrayList<>();

    Ask(NodeId from, NodeId to, WireMessage request, Consumer<WireMessage> onEvent) {
      this.from = from;
      this.to = to;
      this.request = request;
      this.onEvent = onEvent;
    }

    @Override
    public Future<WireMessage> reply() {
      return promise.future();
    }

    @Override
    public void send(WireMessage message) {
      listeners.forEach(listener -> listener.accept(message));
    }

    @Override
    public NodeId from() {
      return from;
    }

    @Override
    public WireMessage message() {
      return request;
    }

    @Override
    public Duration remaining() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Future<Void> event(WireMessage event) {
      if (!dead.contains(to)) {
        onEvent.accept(event);
      }
      return Future.succeededFuture();
    }

    @Override
    public void reply(WireMessage reply) {
      if (!dead.contains(to)) {
        promise.tryComplete(reply);
      }
    }

    @Override
    public void fail(WireException reason) {
      if (!dead.contains(to)) {
        promise.tryFail(reason);
      }
    }

    @Override
    public void onMessage(Consumer<WireMessage> handler) {
      listeners.add(handler);
    }

    @Override
    public void onAskerGone(Runnable handler) {
      // Edges are not killed here.
    }
  }
}
