package io.mcpnode.membership;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireMessage;
import java.util.List;

/** What members tell each other about themselves; nobody answers. Frozen; a change is V2. */
final class MembershipProtocol {

  static final Contract V1 = Contract.of("membership", 1, Beat.class, Goodbye.class, Seeds.class);

  private MembershipProtocol() {}

  /**
   * Says that the sender lives.
   *
   * @param sent by the sender's monotonic clock, nanoseconds
   * @param echo {@code sent} of the receiver's last beat that the sender got; 0: none yet
   * @param held nanoseconds from that beat's arrival until this one was sent
   * @param load records the sender owns
   * @param view number of its view
   * @param places of all copies, as one number; 0 while some are being moved
   * @param hears the members it has heard lately
   */
  record Beat(
      long sent,
      long echo,
      long held,
      int load,
      NodeState state,
      long view,
      long places,
      List<NodeId> hears)
      implements WireMessage {}

  /** The sender leaves now, on purpose. */
  record Goodbye() implements WireMessage {}

  /** Further seeds, each host:port, for the receiver to look for other clusters at. */
  record Seeds(List<String> nodes) implements WireMessage {}
}
