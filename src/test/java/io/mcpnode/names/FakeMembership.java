package io.mcpnode.names;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A view that changes as the test says. */
final class FakeMembership implements Membership {

  private final NodeId self;
  private final List<Listener> listeners = new ArrayList<>();
  private volatile View view;

  FakeMembership(NodeId self, NodeId... others) {
    this.self = self;
    List<Member> members = new ArrayList<>(List.of(member(self)));
    Arrays.stream(others).map(FakeMembership::member).forEach(members::add);
    this.view = new View(1, members);
  }

  static Member member(NodeId id) {
    return new Member(id, "127.0.0.1", 0, "1.0", 0);
  }

  void join(NodeId node) {
    List<Member> members = new ArrayList<>(view.members());
    members.add(member(node));
    view = new View(view.number() + 1, members);
    listeners.forEach(listener -> listener.joined(view, member(node)));
  }

  void lose(NodeId node, Departure how) {
    view =
        new View(
            view.number() + 1,
            view.members().stream().filter(member -> !member.id().equals(node)).toList());
    listeners.forEach(listener -> listener.gone(view, member(node), how));
  }

  void proveDead(NodeId node) {
    listeners.forEach(listener -> listener.provenDead(member(node)));
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
