package io.mcpnode.partition;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * From when on the records of a former member may be claimed. One that left or is proven dead
 * executes nothing any more: at once. One that is merely unreachable may still believe that it owns
 * them until its lease has run out, so the others wait that out first. Time is a parameter.
 */
public final class Departures {

  /**
   * Longer than a node serves without hearing from its quorum (2.5 s), on clocks that run at
   * different speeds.
   */
  public static final long WAIT_NANOS = 3_000_000_000L;

  private static final int REMEMBERED = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<NodeId, Long> claimableAt = new LinkedHashMap<>();
  private final BooleanSupplier current;

  /**
   * @param current whether the copies that this node finds are certain to be the last ones
   */
  public Departures(BooleanSupplier current) {
    this.current = current;
  }

  public void gone(NodeId node, Departure how, long now) {
    lock.lock();
    try {
      claimableAt.put(node, how == Departure.UNREACHABLE ? now + WAIT_NANOS : now);
      while (claimableAt.size() > REMEMBERED) {
        claimableAt.remove(claimableAt.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * May records of this owner be claimed? Never while it is a member of the view, nor while what is
   * found of them may be outdated.
   */
  public boolean claimable(NodeId owner, View view, long now) {
    if (view.contains(owner) || !current.getAsBoolean()) {
      return false;
    }
    Member successor = view.named(owner.name());
    if (successor != null && successor.id().incarnation() > owner.incarnation()) {
      // Names are unique, so the process that had this one is no more.
      return true;
    }
    lock.lock();
    try {
      // An owner that went before this node came: the wait begins with the first look.
      return claimableAt.computeIfAbsent(owner, o -> now + WAIT_NANOS) - now <= 0;
    } finally {
      lock.unlock();
    }
  }
}
