package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.partition.Departures;
import io.mcpnode.wire.NodeId;

/** What to do about a record, given its owner and what is known of the members. Pure. */
enum Whereabouts {
  /** This node owns it. */
  HERE,
  /** A live member owns it. */
  THERE,
  /** Its owner is gone for good: whoever needs it may claim it. */
  CLAIMABLE,
  /** Its owner does not answer, and it is too early to take over. */
  UNCERTAIN;

  static Whereabouts of(NodeId owner, Membership membership, Departures departures, long now) {
    View view = membership.view();
    if (owner.equals(membership.self())) {
      return HERE;
    }
    if (view.contains(owner)) {
      return membership.isSuspect(owner) ? UNCERTAIN : THERE;
    }
    return departures.claimable(owner, view, now) ? CLAIMABLE : UNCERTAIN;
  }
}
