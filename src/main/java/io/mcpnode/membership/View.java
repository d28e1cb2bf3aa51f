package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members as the cluster last agreed on them.
 *
 * @param number grows with every change, the same on all nodes that have seen the change
 * @param members oldest first
 */
public record View(long number, List<Member> members) {

  public View {
    members = List.copyOf(members);
  }

  public boolean contains(NodeId id) {
    return member(id) != null;
  }

  public @Nullable Member member(NodeId id) {
    for (Member member : members) {
      if (member.id().equals(id)) {
        return member;
      }
    }
    return null;
  }

  /** The member with this configured name, whatever its incarnation. */
  public @Nullable Member named(String name) {
    for (Member member : members) {
      if (member.id().name().equals(name)) {
        return member;
      }
    }
    return null;
  }

  public List<NodeId> ids() {
    return members.stream().map(Member::id).toList();
  }
}
