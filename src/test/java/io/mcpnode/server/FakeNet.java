package io.mcpnode.server;

import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Contract;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The wire between nodes, on the thread of the test. */
final class FakeNet {

  private final Map<NodeId, Streams> nodes = new HashMap<>();

  void add(NodeId node, Streams streams) {
    nodes.put(node, streams);
  }

  Streams streams(NodeId node) {
    return nodes.get(node);
  }

  void crash(NodeId node) {
    nodes.remove(node);
  }

  Membership membership(NodeId self) {
    return new Membership() {
      @Override
      public NodeId self() {
        return self;
      }

      @Override
      public View view() {
        return new View(
            1, nodes.keySet().stream().map(id -> new Member(id, "h", 1, "1.0", 0)).toList());
      }

      @Override
      public boolean isSuspect(NodeId node) {
        return false;
      }

      @Override
      public boolean isDraining(NodeId node) {
        return false;
      }

      @Override
      public int load(NodeId node) {
        return 0;
      }

      @Override
      public void listen(Listener listener) {}
    };
  }

  Rpc rpc(NodeId self) {
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
        Arrived arrived = new Arrived(self, request, Promise.promise());
        Streams there = nodes.get(peer);
        if (there == null) {
          arrived.fail(new WireException(Failure.NODE_DOWN, peer + " is gone"));
        } else {
          there.arrived(arrived);
        }
        return arrived;
      }

      @Override
      public void tell(NodeId peer, Contract contract, WireMessage message) {
        open(peer, contract, message, Duration.ofSeconds(1), event -> {});
      }

      @Override
      public Future<Registration> serve(Contract contract, Consumer<Incoming> handler) {
        return Future.succeededFuture(Future::succeededFuture);
      }
    };
  }

  private record Arrived(NodeId from, WireMessage message, Promise<WireMessage> promise)
      implements Rpc.Incoming, Rpc.Exchange {

    @Override
    public Future<WireMessage> reply() {
      return promise.future();
    }

    @Override
    public void send(WireMessage further) {}

    @Override
    public Duration remaining() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Future<Void> event(WireMessage event) {
      return Future.succeededFuture();
    }

    @Override
    public void reply(WireMessage reply) {
      promise.tryComplete(reply);
    }

    @Override
    public void fail(WireException reason) {
      promise.tryFail(reason);
    }

    @Override
    public void onMessage(Consumer<WireMessage> handler) {}

    @Override
    public void onAskerGone(Runnable handler) {}
  }

  /** Time stands still unless told. */
  static final class FakeClock implements Clock {
    private long millis = 1_800_000_000_000L;

    void pass(Duration time) {
      millis += time.toMillis();
    }

    @Override
    public long millis() {
      return millis;
    }

    @Override
    public long nanos() {
      return millis * 1_000_000;
    }
  }
}
