package io.mcpnode.partition;

import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether the members of a view are a side that goes on: copies are made among them alone, so what
 * is changed while they are not would be lost to those who go on. A lease ends too late for that,
 * where Hazelcast removes members at once: their connections broke, or the node that keeps the
 * member list has them removed. Remembers its last answer, since it is asked at every change. Any
 * thread.
 */
final class ViewSide {

  private record Answer(View view, Electorate electorate, boolean goesOn) {}

  private final Sides sides;
  private final Predicate<NodeId> left;
  private volatile @Nullable Answer last;

  /**
   * @param left who said that it leaves, and so is on no other side
   */
  ViewSide(Sides sides, Predicate<NodeId> left) {
    this.sides = sides;
    this.left = left;
  }

  boolean goesOn(View view, Electorate electorate) {
    Answer known = last;
    if (known != null && known.view.equals(view) && known.electorate.equals(electorate)) {
      return known.goesOn;
    }
    Electorate counting = electorate;
    for (NodeId node : electorate.all()) {
      if (!view.contains(node) && left.test(node)) {
        counting = counting.without(node);
      }
    }
    boolean goesOn = counting.goesOn(Set.copyOf(view.ids()), sides);
    last = new Answer(view, electorate, goesOn);
    return goesOn;
  }
}
