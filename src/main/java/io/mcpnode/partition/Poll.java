package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who counts, and what the votes of the others tell: when each was last known to hear this node,
 * and whom it counts itself. Time is a parameter, nanoseconds of this node's monotonic clock. One
 * thread, but for {@link #electorate}.
 */
final class Poll {

  private final NodeId self;
  private final Sides sides;
  private final long lease;

  /** When each other node was last known to hear this one and to count the same. */
  private final Map<NodeId, Long> heard = new HashMap<>();

  /** Of the last vote from each, by its own clock. */
  private final Map<NodeId, Long> stamps = new HashMap<>();

  private final Map<NodeId, Set<NodeId>> counted = new HashMap<>();

  /** Nothing that was heard before tells who may go on. */
  private @Nullable Long since;

  private volatile Electorate electorate;

  /**
   * @param lease for how long a vote counts
   */
  Poll(NodeId self, Sides sides, long lease, Electorate electorate) {
    this.self = self;
    this.sides = sides;
    this.lease = lease;
    this.electorate = electorate;
  }

  /** Any thread. */
  Electorate electorate() {
    return electorate;
  }

  void change(UnaryOperator<Electorate> change) {
    electorate = change.apply(electorate);
  }

  /** What to tell that node. */
  PartitionProtocol.Vote ballot(NodeId to, long now) {
    @Nullable Long echo = stamps.get(to);
    return new PartitionProtocol.Vote(
        now,
        echo == null ? 0 : echo,
        echo != null,
        List.copyOf(electorate.committed()),
        List.copyOf(electorate.pending()),
        List.copyOf(electorate.ended()));
  }

  /**
   * @param inView the members of this node's view
   * @param open this node goes on: whoever is new then has a lease's length to hear it, and until
   *     then it can't go on without that one
   * @return whether the vote says more than that its sender still hears this node: who counts has
   *     changed, or is about to
   */
  boolean receive(
      NodeId from, PartitionProtocol.Vote vote, Predicate<NodeId> inView, boolean open, long now) {
    stamps.put(from, vote.stamp());
    Electorate theirs =
        new Electorate(
            Set.copyOf(vote.committed()),
            Set.copyOf(vote.pending()),
            new LinkedHashSet<>(vote.ended()));
    Electorate next = electorate.learned(theirs, inView);
    if (open) {
      Set<NodeId> known = electorate.all();
      for (NodeId node : next.all()) {
        if (!known.contains(node)) {
          heard.putIfAbsent(node, now);
        }
      }
    }
    if (vote.echoed()) {
      counted.put(from, theirs.all());
      boolean afresh = since == null || vote.echo() - since >= 0;
      if (afresh && next.all().equals(theirs.all())) {
        heard.merge(from, vote.echo(), Math::max);
      }
    }
    boolean news = !next.equals(electorate) || !next.pending().isEmpty();
    electorate = next;
    return news;
  }

  /**
   * Somebody went who may be on another side, and any of the others with it: they are to be heard
   * again, in answer to a ballot from now on, before this node may go on.
   */
  void startOver(long now) {
    since = now;
    heard.clear();
  }

  /** Its votes don't count any more. */
  void ended(NodeId node) {
    heard.remove(node);
    stamps.remove(node);
    counted.remove(node);
  }

  /** Until when this node may go on. Commits whom a quorum knows. */
  LeaseTerm term(long now) {
    Set<NodeId> all = electorate.all();
    heard.keySet().retainAll(all);
    counted.keySet().retainAll(all);
    stamps.keySet().retainAll(all);
    Map<NodeId, Set<NodeId>> known = new HashMap<>();
    known.put(self, all);
    counted.forEach(
        (node, set) -> {
          if (isFresh(node, now)) {
            known.put(node, set);
          }
        });
    electorate = electorate.commit(known, sides);
    return LeaseTerm.of(electorate, sides, self, heard, lease);
  }

  /**
   * What this node lacks to go on, in one line for operators.
   *
   * @param members that it has
   */
  String shortfall(List<NodeId> members, long now) {
    Set<NodeId> all = electorate.all();
    if (sides.lackTheMaster(all)) {
      return "cluster.masterNode \"" + sides.master() + "\" is none of " + all;
    }
    Set<NodeId> missing = missing(now);
    return missing.isEmpty()
        ? "the members are " + members + " of " + all
        : "not heard: " + missing + " of " + all;
  }

  /** Those that count and were not heard lately. */
  Set<NodeId> missing(long now) {
    Set<NodeId> missing = electorate.all();
    missing.removeIf(node -> node.equals(self) || isFresh(node, now));
    return missing;
  }

  private boolean isFresh(NodeId node, long now) {
    @Nullable Long at = heard.get(node);
    return at != null && now - at < lease;
  }
}
