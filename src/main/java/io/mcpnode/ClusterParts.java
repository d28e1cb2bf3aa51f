package io.mcpnode;

import io.mcpnode.affinity.AffinityComponent;
import io.mcpnode.membership.ClusterNode;
import io.mcpnode.membership.ClusterStatus;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.SoloMembership;
import io.mcpnode.partition.PartitionWatch;
import io.mcpnode.partition.Partitions;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.partition.QuorumLease;
import io.mcpnode.partition.WholeCluster;
import io.mcpnode.replication.HazelcastStore;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.replication.SharedSecret;
import io.mcpnode.replication.StateStore;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Steps;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.transport.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/**
 * What is different with and without {@code -cluster}: where the copies are, who the members are,
 * what crosses the network. Everything above is the same.
 *
 * @param load told where the number of owned records comes from
 * @param draining tells the others whether this node takes new state
 * @param health told where the health of the nodes comes from
 * @param secret that all nodes have and nobody else
 * @param lost completes, with the reason, when the cluster is gone for this node
 * @param leave the cluster, once nothing uses it any more; blocks
 */
@NullMarked
record ClusterParts(
    Vertx vertx,
    Rpc rpc,
    Membership membership,
    ClusterStatus status,
    QuorumGate gate,
    Partitions partitions,
    StateStore store,
    StateStore names,
    Consumer<AffinityComponent> load,
    Consumer<Boolean> draining,
    Consumer<Function<NodeId, Health>> health,
    String secret,
    Future<String> lost,
    Runnable leave) {

  private static final Duration JOIN = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofSeconds(3);
  private static final Duration LEAVE = Duration.ofSeconds(25);

  /**
   * Blocks until this node is a member.
   *
   * @throws StartException the start is given up
   * @throws CompletionException with the reason, if it fails; what was started is stopped then
   */
  static ClusterParts start(
      NodeConfig config, NodeId self, int httpPort, MeterRegistry meters, Starting starting)
      throws StartException {
    return config.cluster().enabled()
        ? clustered(config, self, httpPort, meters, starting)
        : starting.await(alone(config, self, httpPort, meters));
  }

  private static ClusterParts clustered(
      NodeConfig config, NodeId self, int httpPort, MeterRegistry meters, Starting starting)
      throws StartException {
    int copies = config.cluster().replicationFactor();
    ClusterNode node =
        starting.await(
            ClusterNode.start(
                config,
                self,
                Version.current(),
                httpPort,
                hazelcast -> HazelcastStore.configure(hazelcast, copies),
                meters),
            JOIN);
    try {
      QuorumLease lease =
          starting.await(
              QuorumLease.start(
                  node.vertx(),
                  node.rpc(),
                  node.membership(),
                  config.cluster(),
                  Clock.SYSTEM,
                  meters));
      String secret = starting.await(secret(config, node));
      return starting.await(watch(node, lease, config, copies, secret));
    } catch (CompletionException | StartException e) {
      Steps.take("say goodbye", STEP, node::goodbye);
      Steps.take("leave the cluster", LEAVE, node::close);
      throw e;
    }
  }

  private static Future<String> secret(NodeConfig config, ClusterNode node) {
    String cookie = config.cluster().cookie();
    return cookie.isEmpty()
        ? SharedSecret.of(node.vertx(), node.hazelcast(), new SecureRandom())
        : Future.succeededFuture(cookie);
  }

  private static Future<ClusterParts> watch(
      ClusterNode node, QuorumLease lease, NodeConfig config, int copies, String secret) {
    HazelcastStore store =
        new HazelcastStore(
            node.vertx(), node.hazelcast(), ClusterNode::nameOf, lease, Clock.SYSTEM, copies);
    return PartitionWatch.start(
            node.vertx(), node.membership(), lease, config.cluster(), store::merged, Clock.SYSTEM)
        .map(watch -> join(node, lease, watch, store, copies, secret));
  }

  private static ClusterParts join(
      ClusterNode node,
      QuorumLease lease,
      PartitionWatch watch,
      StateStore store,
      int copies,
      String secret) {
    node.quarantined(() -> !lease.isOpen());
    node.merging(lease::isMerging);
    return new ClusterParts(
        node.vertx(),
        node.rpc(),
        node.membership(),
        node.status(),
        lease,
        watch,
        store,
        HazelcastStore.ofNames(
            node.vertx(), node.hazelcast(), ClusterNode::nameOf, lease, Clock.SYSTEM, copies),
        affinity -> node.load(affinity::load),
        node::draining,
        node::health,
        secret,
        node.lost(),
        () -> leave(lease, watch, node));
  }

  private static void leave(QuorumLease lease, PartitionWatch watch, ClusterNode node) {
    // First: a request that came after the end of the lease would find nobody to execute it.
    Steps.take("say goodbye", STEP, node::goodbye);
    Steps.take("stop watching", STEP, watch::close);
    Steps.take("end the lease", STEP, lease::close);
    Steps.take("leave the cluster", LEAVE, node::close);
  }

  private static Future<ClusterParts> alone(
      NodeConfig config, NodeId self, int httpPort, MeterRegistry meters) {
    VertxBuilder builder = Vertx.builder();
    if (Transport.EPOLL != null && Transport.EPOLL.available()) {
      builder.withTransport(Transport.EPOLL);
    }
    Vertx vertx = builder.build();
    BusRpc rpc =
        new BusRpc(vertx, self, Clock.SYSTEM, config.cluster().maxInFlightPerPeer(), meters);
    SoloMembership membership =
        new SoloMembership(
            new Member(
                self, config.http().host(), httpPort, Version.current(), Clock.SYSTEM.millis()));
    return rpc.start()
        .map(
            started ->
                new ClusterParts(
                    vertx,
                    rpc,
                    membership,
                    membership,
                    QuorumGate.OPEN,
                    new WholeCluster(self.name(), config.cluster().splitBrainStrategy()),
                    new MemoryStore(self.name()),
                    new MemoryStore(self.name()),
                    affinity -> membership.load(affinity::load),
                    membership::draining,
                    membership::health,
                    SharedSecret.random(new SecureRandom()),
                    Promise.<String>promise().future(),
                    () -> Steps.take("close Vert.x", STEP, vertx::close)));
  }
}
