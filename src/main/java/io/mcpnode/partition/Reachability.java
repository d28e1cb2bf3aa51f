package io.mcpnode.partition;

import io.mcpnode.wire.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who reaches whom among the nodes that count. Two nodes reach each other if each says that it
 * hears the other; what a node says that is not heard itself is what it said last, so of nodes out
 * of reach only their links to those within reach are certain. Immutable and pure.
 *
 * @param hears of each node the others that it says it hears
 */
record Reachability(Map<NodeId, Set<NodeId>> hears) {

  /** A link that does not work both ways; {@code from} is not heard by {@code to}. */
  record Link(NodeId from, NodeId to) {}

  Reachability {
    Map<NodeId, Set<NodeId>> sorted = new TreeMap<>();
    hears.forEach((node, others) -> sorted.put(node, new TreeSet<>(others)));
    sorted.forEach((node, others) -> others.retainAll(sorted.keySet()));
    hears = sorted;
  }

  Set<NodeId> nodes() {
    return hears.keySet();
  }

  boolean hears(NodeId node, NodeId other) {
    return hears.getOrDefault(node, Set.of()).contains(other);
  }

  /** Each hears the other. */
  boolean isLinked(NodeId a, NodeId b) {
    return a.equals(b) || (hears(a, b) && hears(b, a));
  }

  /** Those that reach each other, directly or through others; the group with the oldest first. */
  List<Set<NodeId>> groups() {
    List<Set<NodeId>> groups = new ArrayList<>();
    Set<NodeId> left = new TreeSet<>(Sides.AGE);
    left.addAll(nodes());
    while (!left.isEmpty()) {
      Set<NodeId> group = reachedFrom(left.iterator().next());
      groups.add(group);
      left.removeAll(group);
    }
    return groups;
  }

  private Set<NodeId> reachedFrom(NodeId start) {
    Set<NodeId> reached = new TreeSet<>(Set.of(start));
    ArrayDeque<NodeId> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      NodeId node = next.remove();
      for (NodeId other : nodes()) {
        if (isLinked(node, other) && reached.add(other)) {
          next.add(other);
        }
      }
    }
    return reached;
  }

  /** Pairs, the first by name first, that reach each other through others only. */
  List<Link> indirect() {
    List<Link> pairs = new ArrayList<>();
    for (Set<NodeId> group : groups()) {
      for (NodeId a : group) {
        for (NodeId b : group) {
          if (a.compareTo(b) < 0 && !isLinked(a, b)) {
            pairs.add(new Link(a, b));
          }
        }
      }
    }
    return pairs;
  }

  /**
   * Links that work one way. Only what both ends could tell counts: of a node out of reach it is
   * not known what it hears now.
   *
   * @param told the nodes whose word is fresh
   */
  List<Link> oneWay(Set<NodeId> told) {
    List<Link> links = new ArrayList<>();
    for (NodeId from : told) {
      for (NodeId to : told) {
        if (!from.equals(to) && hears(from, to) && !hears(to, from)) {
          links.add(new Link(from, to));
        }
      }
    }
    return links;
  }

  boolean isWhole() {
    return groups().size() <= 1 && indirect().isEmpty();
  }
}
