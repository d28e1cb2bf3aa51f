package io.mcpnode.affinity;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.NodeState;
import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Membership as the test says. */
public final class SimMembership implements Membership {

  private final NodeId self;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  final Set<NodeId> draining;
  final Set<NodeId> suspects = nobody();
  private final Map<NodeId, NodeState> states = new ConcurrentHashMap<>();
  private final Map<NodeId, Long> roundTrips = new ConcurrentHashMap<>();
  volatile View view;

  public SimMembership(NodeId self, View view, Set<NodeId> draining) {
    this.self = self;
    this.view = view;
    this.draining = draining;
  }

  public static Set<NodeId> nobody() {
    return ConcurrentHashMap.newKeySet();
  }

  public void gone(NodeId node, Departure how) {
    Member member = view.member(node);
    view =
        new View(
            view.number() + 1, view.members().stream().filter(m -> !m.id().equals(node)).toList());
    listeners.forEach(listener -> listener.gone(view, member, how));
  }

  /** What the node says of itself from now on. */
  public void says(NodeId node, NodeState state) {
    states.put(node, state);
  }

  /** Its last heartbeat took so long. */
  public void answersWithin(NodeId node, long micros) {
    roundTrips.put(node, micros);
  }

  /** A member of the view has only just joined. */
  void joined(NodeId node) {
    listeners.forEach(listener -> listener.joined(view, view.member(node)));
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
  public boolean isSuspect(NodeId node) {
    return suspects.contains(node);
  }

  @Override
  public boolean isDraining(NodeId node) {
    return draining.contains(node);
  }

  @Override
  public NodeState state(NodeId node) {
    NodeState said = states.get(node);
    return said == null ? Membership.super.state(node) : said;
  }

  @Override
  public long rttMicros(NodeId node) {
    return roundTrips.getOrDefault(node, 0L);
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
