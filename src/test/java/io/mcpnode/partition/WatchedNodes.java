package io.mcpnode.partition;

import static io.mcpnode.partition.SidesTest.node;

import io.mcpnode.NodeConfig;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Leases and watches of the nodes A, B and C of one process, with links that the test breaks. */
final class WatchedNodes {

  private final Vertx vertx;
  private final Duration interval;
  private final List<NodeId> all = SidesTest.cluster(3);
  private final Map<String, Consumer<Rpc.Incoming>> handlers = new ConcurrentHashMap<>();
  private final Map<NodeId, Hearing> memberships = new HashMap<>();
  private final Map<NodeId, QuorumLease> leases = new HashMap<>();
  private final Map<NodeId, PartitionWatch> watches = new HashMap<>();

  /** Links that are broken now, each with its direction. */
  final Set<Reachability.Link> broken = ConcurrentHashMap.newKeySet();

  /** Who has whom removed; nobody is. */
  final Set<String> expelled = ConcurrentHashMap.newKeySet();

  /** How often any node has looked or was asked. */
  final AtomicInteger looks = new AtomicInteger();

  /**
   * @param interval between two looks
   */
  WatchedNodes(Vertx vertx, Duration interval) {
    this.vertx = vertx;
    this.interval = interval;
    View view = new View(1, all.stream().map(WatchedNodes::member).toList());
    all.forEach(id -> memberships.put(id, new Hearing(id, view)));
    for (NodeId id : all) {
      NodeConfig.Cluster config = config();
      leases.put(
          id,
          TestNodes.await(
              QuorumLease.start(
                  vertx,
                  new Told(id),
                  memberships.get(id),
                  config,
                  Clock.SYSTEM,
                  new SimpleMeterRegistry())));
      watches.put(
          id,
          TestNodes.await(
              PartitionWatch.start(
                  vertx, memberships.get(id), leases.get(id), config, this::merged, Clock.SYSTEM)));
    }
  }

  static Member member(NodeId id) {
    return new Member(id, "127.0.0.1", 0, "1.0", 0);
  }

  private NodeConfig.Cluster config() {
    NodeConfig.Cluster any = TestNodes.config(0, "").cluster();
    return new NodeConfig.Cluster(
        any.enabled(),
        any.host(),
        any.port(),
        any.nodes(),
        any.cookie(),
        any.replicationFactor(),
        interval,
        any.failedPingThreshold(),
        any.processCountThreshold(),
        any.partitionThreshold(),
        NodeConfig.SplitBrainStrategy.MAJORITY,
        "C",
        any.maxHealthHistory(),
        any.drainTimeout(),
        any.maxInFlightPerPeer(),
        any.migrationRate());
  }

  private Partitions.Merged merged() {
    looks.incrementAndGet();
    return Partitions.Merged.NOTHING;
  }

  Membership membership(char letter) {
    return memberships.get(node(letter));
  }

  QuorumLease lease(char letter) {
    return leases.get(node(letter));
  }

  PartitionWatch watch(char letter) {
    return watches.get(node(letter));
  }

  /** Told by the membership of that node. */
  void tell(char letter, Consumer<Membership.Listener> event) {
    memberships.get(node(letter)).listeners.forEach(event);
  }

  View view() {
    return memberships.get(all.get(0)).view();
  }

  private boolean works(NodeId from, NodeId to) {
    return !broken.contains(new Reachability.Link(from, to));
  }

  private List<NodeId> heardBy(NodeId node) {
    return all.stream().filter(from -> !from.equals(node) && works(from, node)).toList();
  }

  /** All are members whatever happens; whom each hears is known from whoever is heard. */
  private final class Hearing implements Membership {
    private final NodeId self;
    private final View view;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    Hearing(NodeId self, View view) {
      this.self = self;
      this.view = view;
    }

    @Override
    public NodeId self() {
      return self;
    }

    @Override
    public View view() {
      return view;
    }

    @Override
    public Map<NodeId, List<NodeId>> reach() {
      List<NodeId> told = new ArrayList<>(heardBy(self));
      told.add(self);
      Map<NodeId, List<NodeId>> reach = new HashMap<>();
      told.forEach(node -> reach.put(node, heardBy(node)));
      return reach;
    }

    @Override
    public void expel(NodeId node, String reason) {
      expelled.add(self.name() + " expels " + node.name());
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
    public void listen(Listener listener) {
      listeners.add(listener);
    }
  }

  /** Messages that nobody answers. */
  private final class Told implements Rpc {
    private final NodeId self;

    Told(NodeId self) {
      this.self = self;
    }

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
      throw new UnsupportedOperationException("nothing is asked here");
    }

    @Override
    public void tell(NodeId peer, Contract contract, WireMessage message) {
      Consumer<Incoming> handler = handlers.get(contract.address(peer));
      if (handler != null && works(self, peer)) {
        handler.accept(new Message(self, message));
      }
    }

    @Override
    public Future<Registration> serve(Contract contract, Consumer<Incoming> handler) {
      Context context = vertx.getOrCreateContext();
      handlers.put(
          contract.address(self), incoming -> context.runOnContext(v -> handler.accept(incoming)));
      return Future.succeededFuture(Future::succeededFuture);
    }
  }

  private record Message(NodeId from, WireMessage message) implements Rpc.Incoming {
    @Override
    public Duration remaining() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Future<Void> event(WireMessage event) {
      throw new UnsupportedOperationException("nobody waits");
    }

    @Override
    public void reply(WireMessage reply) {
      throw new UnsupportedOperationException("nobody waits");
    }

    @Override
    public void fail(WireException reason) {
      throw new UnsupportedOperationException("nobody waits");
    }

    @Override
    public void onMessage(Consumer<WireMessage> handler) {
      throw new UnsupportedOperationException("nothing follows");
    }

    @Override
    public void onAskerGone(Runnable handler) {
      throw new UnsupportedOperationException("nobody waits");
    }
  }

  /** How a member went, told to that node. */
  void gone(char at, char letter, Departure how) {
    tell(at, listener -> listener.gone(view(), member(node(letter)), how));
  }
}
