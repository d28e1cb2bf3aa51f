package io.mcpnode.membership;

import io.mcpnode.wire.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes that went down, the last hundred, each until a node of its name is up again. Written by
 * one thread, read by any.
 */
final class Downs implements Membership.Listener {

  private static final int MAX = 100;

  /**
   * @param since epoch milliseconds
   */
  record Down(Member member, Departure how, long since) {
    String reason() {
      return switch (how) {
        case LEFT -> "left";
        case DIED -> "died: its port refuses connections";
        case UNREACHABLE -> "unreachable";
      };
    }
  }

  private final Clock clock;
  private volatile List<Down> list = List.of();

  Downs(Clock clock) {
    this.clock = clock;
  }

  List<Down> list() {
    return list;
  }

  @Override
  public void joined(View view, Member member) {
    list = without(member);
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    add(member, how);
  }

  @Override
  public void provenDead(Member member) {
    if (list.stream().anyMatch(down -> down.member().id().equals(member.id()))) {
      add(member, Departure.DIED);
    }
  }

  private void add(Member member, Departure how) {
    List<Down> next = new ArrayList<>(without(member));
    if (next.size() == MAX) {
      next.remove(0);
    }
    next.add(new Down(member, how, clock.millis()));
    list = List.copyOf(next);
  }

  private List<Down> without(Member member) {
    return list.stream()
        .filter(down -> !down.member().id().name().equals(member.id().name()))
        .toList();
  }
}
