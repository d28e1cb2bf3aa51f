package io.mcpnode.membership;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** A node without a cluster: one member, view 1, for ever. */
public final class SoloMembership implements Membership, ClusterStatus {

  private final Member member;
  private final View view;
  private volatile boolean draining;
  private volatile IntSupplier load = () -> 0;
  private volatile Function<NodeId, Health> health = node -> Health.HEALTHY;

  public SoloMembership(Member self) {
    this.member = self;
    this.view = new View(1, List.of(self));
  }

  /** Where the number of records that this node owns comes from. */
  public void load(IntSupplier load) {
    this.load = load;
  }

  /** Where the health of this node comes from. */
  public void health(Function<NodeId, Health> health) {
    this.health = health;
  }

  public void draining(boolean draining) {
    this.draining = draining;
  }

  @Override
  public NodeId self() {
    return member.id();
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public boolean isSuspect(NodeId node) {
    return !node.equals(member.id());
  }

  @Override
  public boolean isDraining(NodeId node) {
    return draining && node.equals(member.id());
  }

  @Override
  public int load(NodeId node) {
    return node.equals(member.id()) ? load.getAsInt() : 0;
  }

  /** Nothing ever changes: the listener is never called. */
  @Override
  public void listen(Listener listener) {}

  @Override
  public Status status() {
    NodeState state = draining ? NodeState.DRAINING : NodeState.SERVING;
    return new Status(
        view.number(),
        List.of(
            new NodeStatus(
                member.id().name(),
                "up",
                health.apply(member.id()).text(),
                state.text(),
                member.id().incarnation(),
                member.since(),
                "",
                load.getAsInt(),
                0,
                member.version())));
  }

  @Override
  public Future<List<Connection>> connect(List<String> nodes) {
    return Future.failedFuture(
        new WireException(Failure.INVALID, "this node is not clustered (start it with -cluster)"));
  }
}
