package io.mcpnode.membership;

import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The cluster's nodes as operators see them: who is up, who went down and why, who is expected. */
final class StatusBoard implements ClusterStatus, Membership.Listener {

  private final HazelcastMembership membership;
  private final Downs downs;
  private final Connector connector;
  private final Clock clock;
  private final ConcurrentMap<NodeId, Long> upSince = new ConcurrentHashMap<>();
  private volatile Function<NodeId, Health> health = node -> Health.HEALTHY;

  StatusBoard(HazelcastMembership membership, Downs downs, Connector connector, Clock clock) {
    this.membership = membership;
    this.downs = downs;
    this.connector = connector;
    this.clock = clock;
    membership.view().ids().forEach(id -> upSince.put(id, clock.millis()));
  }

  void health(Function<NodeId, Health> health) {
    this.health = health;
  }

  @Override
  public void joined(View view, Member member) {
    upSince.put(member.id(), clock.millis());
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    upSince.remove(member.id());
  }

  @Override
  public Status status() {
    View view = membership.view();
    List<NodeStatus> nodes = new ArrayList<>();
    for (Member member : view.members()) {
      nodes.add(up(member));
    }
    for (Downs.Down down : downs.list()) {
      if (view.named(down.member().id().name()) == null) {
        nodes.add(down(down));
      }
    }
    for (Connector.Pending pending : connector.pending()) {
      nodes.add(pending(pending));
    }
    return new Status(view.number(), nodes);
  }

  private NodeStatus up(Member member) {
    NodeId id = member.id();
    return new NodeStatus(
        id.name(),
        "up",
        health.apply(id).text(),
        membership.state(id).text(),
        id.incarnation(),
        upSince.getOrDefault(id, member.since()),
        "",
        membership.load(id),
        membership.rttMicros(id),
        member.version());
  }

  private static NodeStatus down(Downs.Down down) {
    Member member = down.member();
    return new NodeStatus(
        member.id().name(),
        "down",
        Health.UNHEALTHY.text(),
        NodeState.QUARANTINED.text(),
        member.id().incarnation(),
        down.since(),
        down.reason(),
        0,
        0,
        member.version());
  }

  private static NodeStatus pending(Connector.Pending pending) {
    boolean failed = !pending.failure().isEmpty();
    return new NodeStatus(
        pending.node(),
        failed ? "down" : "connecting",
        Health.UNHEALTHY.text(),
        NodeState.QUARANTINED.text(),
        0,
        pending.since(),
        failed ? "connecting failed: " + pending.failure() : "connecting",
        0,
        0,
        "");
  }

  @Override
  public Future<List<Connection>> connect(List<String> nodes) {
    return connector.connectLater(nodes);
  }
}
