package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Who counts when a side asks whether it goes on. Not who answers now: a member that can't be
 * reached counts until it is back, has said goodbye or is proven dead.
 *
 * <p>A node that joins counts in two steps, or both sides of a split could win by taking in new
 * nodes: it is pending, and a side needs a quorum whether or not it counts; it is committed once
 * such a quorum knows of it. (Compare the joint consensus of Raft's membership changes.) Immutable
 * and pure.
 *
 * @param ended not to be taken in again from a node that has not heard of it yet; the last hundred
 */
record Electorate(Set<NodeId> committed, Set<NodeId> pending, Set<NodeId> ended) {

  private static final int MAX_ENDED = 100;

  Electorate {
    committed = Set.copyOf(committed);
    pending = Set.copyOf(pending);
  }

  /** Of the node that began the cluster. */
  static Electorate founder(NodeId self) {
    return new Electorate(Set.of(self), Set.of(), Set.of());
  }

  /** Of a node that knows nothing until a member tells it. */
  static Electorate joiner(Collection<NodeId> view) {
    return new Electorate(Set.of(), Set.copyOf(view), Set.of());
  }

  /** Committed and pending. */
  Set<NodeId> all() {
    Set<NodeId> all = new TreeSet<>(committed);
    all.addAll(pending);
    return all;
  }

  /** A member joined: names are unique, so its earlier incarnation is no more. */
  Electorate replaced(NodeId node) {
    Electorate next = this;
    for (NodeId known : all()) {
      if (known.name().equals(node.name()) && known.incarnation() < node.incarnation()) {
        next = next.without(known);
      }
    }
    return next;
  }

  /** A member joined and counts from now on. */
  Electorate joined(NodeId node) {
    Electorate next = replaced(node);
    Set<NodeId> alive = new LinkedHashSet<>(next.ended);
    alive.remove(node);
    Set<NodeId> waiting = new TreeSet<>(next.pending);
    if (!next.committed.contains(node)) {
      waiting.add(node);
    }
    return new Electorate(next.committed, waiting, alive);
  }

  /** A member said goodbye or is proven dead. */
  Electorate without(NodeId node) {
    Set<NodeId> voters = new TreeSet<>(committed);
    voters.remove(node);
    Set<NodeId> waiting = new TreeSet<>(pending);
    waiting.remove(node);
    Set<NodeId> gone = new LinkedHashSet<>(ended);
    gone.add(node);
    if (gone.size() > MAX_ENDED) {
      gone.remove(gone.iterator().next());
    }
    if (voters.isEmpty() && !committed.isEmpty()) {
      // The last that counted is gone for certain: whoever it took in takes over. A joiner that was
      // never told who counts can't know whether that is so.
      return new Electorate(waiting, Set.of(), gone);
    }
    return new Electorate(voters, waiting, gone);
  }

  /**
   * What another member knows.
   *
   * @param inView the members of this node's view: they are not gone, whatever the other heard
   */
  Electorate learned(Electorate other, Predicate<NodeId> inView) {
    Electorate next = this;
    for (NodeId gone : other.ended) {
      if (!inView.test(gone) && !next.ended.contains(gone)) {
        next = next.without(gone);
      }
    }
    Set<NodeId> voters = new TreeSet<>(next.committed);
    if (voters.isEmpty()) {
      voters.addAll(other.committed);
      voters.removeAll(next.ended);
    }
    Set<NodeId> waiting = new TreeSet<>(next.pending);
    waiting.addAll(other.all());
    waiting.removeAll(next.ended);
    waiting.removeAll(voters);
    return new Electorate(voters, waiting, next.ended);
  }

  /**
   * Commits who is known to a quorum.
   *
   * @param known what each node that was heard lately counts, this node included
   */
  Electorate commit(Map<NodeId, Set<NodeId>> known, Sides sides) {
    Set<NodeId> voters = new TreeSet<>(committed);
    Set<NodeId> waiting = new TreeSet<>(pending);
    for (NodeId candidate : pending) {
      Set<NodeId> knowing = new TreeSet<>();
      known.forEach(
          (node, counted) -> {
            if (counted.contains(candidate)) {
              knowing.add(node);
            }
          });
      if (goesOn(knowing, sides)) {
        voters.add(candidate);
        waiting.remove(candidate);
      }
    }
    return new Electorate(voters, waiting, ended);
  }

  /**
   * May a side of these nodes go on? Somebody out of its reach may have committed any of the
   * pending ones, so it needs a quorum whichever of them count: those of its own side could only
   * help, so the worst case is that all the others count. Not so of a configured master: there is
   * one node of that name, and whoever has it goes on, or nobody could ever let it in.
   */
  boolean goesOn(Collection<NodeId> side, Sides sides) {
    Set<NodeId> voters = new TreeSet<>(pending);
    if (sides.strategy() != SplitBrainStrategy.CONFIGURED_MASTER) {
      voters.removeAll(side);
    }
    voters.addAll(committed);
    return sides.goesOn(voters, side);
  }
}
