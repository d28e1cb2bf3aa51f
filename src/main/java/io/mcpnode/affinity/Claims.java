package io.mcpnode.affinity;

import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a node the owner of a record under the next epoch. */
final class Claims {

  private final StateStore store;
  private final Membership membership;
  private final Host host;
  private final int replicationFactor;

  Claims(StateStore store, Membership membership, Host host, int replicationFactor) {
    this.store = store;
    this.membership = membership;
    this.host = host;
    this.replicationFactor = replicationFactor;
  }

  /** The names of the members that may take new state. */
  Set<String> takers() {
    Set<String> names = new LinkedHashSet<>();
    for (Member member : membership.view().members()) {
      if (!membership.isDraining(member.id()) && !membership.isSuspect(member.id())) {
        names.add(member.id().name());
      }
    }
    return names;
  }

  /** The member that shall take the record over from a lost owner; null if none can. */
  @Nullable NodeId successor(List<String> backups) {
    return id(Placement.successor(backups, takers(), this::load));
  }

  /** The member with the least load, other than this node; null if there is none. */
  @Nullable NodeId leastLoadedOther() {
    Set<String> others = takers();
    others.remove(membership.self().name());
    return id(Placement.successor(List.of(), others, this::load));
  }

  private int load(String name) {
    Member member = membership.view().named(name);
    return member == null ? Integer.MAX_VALUE : membership.load(member.id());
  }

  private @Nullable NodeId id(@Nullable String name) {
    Member member = name == null ? null : membership.view().named(name);
    return member == null ? null : member.id();
  }

  List<String> backups(String key, NodeId owner) {
    return Placement.backups(key, owner.name(), takers(), replicationFactor - 1);
  }

  /**
   * The wished backups first, as far as they can take over, then those that rendezvous hashing
   * names.
   */
  List<String> backups(String key, NodeId owner, List<String> wished) {
    List<String> names = new ArrayList<>(wished);
    names.remove(owner.name());
    for (String name : backups(key, owner)) {
      if (names.size() < replicationFactor - 1 && !names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Claims the record for a node. Completes with what is stored afterwards: owned by that node, or,
   * if somebody else was faster, by whoever was; null if it has ended.
   */
  Future<@Nullable Stored> claim(String key, Stored seen, NodeId owner, List<String> backups) {
    return store
        .apply(key, new Mutation.Claim(seen.epoch(), owner, backups, host.nextOperation()))
        .map(verdict -> verdict.outcome() == Verdict.Outcome.GONE ? null : verdict.stored());
  }
}
