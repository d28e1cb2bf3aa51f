package io.mcpnode.call;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The names of nodes that were members and are none now, the last hundred: a call to one of them
 * finds it down, not unknown. Written by one thread, read by any.
 */
final class FormerMembers implements Membership.Listener {

  private static final int MAX = 100;

  private volatile Set<String> names = Set.of();

  boolean contains(String name) {
    return names.contains(name);
  }

  @Override
  public void joined(View view, Member member) {
    Set<String> next = new LinkedHashSet<>(names);
    next.remove(member.id().name());
    names = next;
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    Set<String> next = new LinkedHashSet<>(names);
    next.add(member.id().name());
    if (next.size() > MAX) {
      next.remove(next.iterator().next());
    }
    names = next;
  }
}
