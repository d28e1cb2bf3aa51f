package io.mcpnode.membership;

import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members that went without a proof of their end, and whether this node looks for them; see
 * {@link Comeback}. A node that goes on lets itself be found: where both look, the one that has to
 * come back is led to a member that it reaches while it does not reach another. On one context.
 */
final class Separation {

  private static final Logger LOG = LoggerFactory.getLogger(Separation.class);
  private static final int MAX = 100;

  /** More than the time between two beats, with one that is lost. */
  private static final long BEAT_NANOS = Duration.ofMillis(700).toNanos();

  private final Seeds seeds;
  private final HazelcastView inside;
  private final Clock clock;
  private final BooleanSupplier goesOn;
  private final Map<NodeId, Member> members = new LinkedHashMap<>();
  private Comeback comeback = Comeback.none();
  private boolean separated;
  private long reachedSince;
  private boolean reached;
  private volatile long countedUntil;

  /**
   * @param goesOn whether this node serves, as far as it knows
   */
  Separation(Seeds seeds, HazelcastView inside, Clock clock, BooleanSupplier goesOn) {
    this.seeds = seeds;
    this.inside = inside;
    this.clock = clock;
    this.goesOn = goesOn;
    this.countedUntil = clock.nanos();
  }

  Collection<Member> members() {
    return members.values();
  }

  /**
   * Whether somebody does not answer who may be removed soon. Nobody is looked for then, so that it
   * does not come back at the moment of its removal.
   */
  void threatens(boolean threatens) {
    if (members.isEmpty()) {
      if (threatens) {
        seeds.hide();
      } else {
        seeds.show();
      }
    }
  }

  /**
   * Somebody who is no member any more still takes this node for one: it does not know yet that
   * they are separated. To look for it now is in vain, and Hazelcast waits ten seconds for an
   * answer that is lost when the other side comes to know. Any thread.
   */
  void counted() {
    countedUntil = clock.nanos() + BEAT_NANOS;
  }

  void unreachable(Member member) {
    if (members.size() == MAX) {
      return;
    }
    if (!separated) {
      separated = true;
      comeback = comeback.separated(clock.nanos());
      reached = false;
      if (comeback.isFlapping()) {
        LOG.warn(
            "Separated {} times within two minutes: comes back when it reaches all others steadily,"
                + " or after two minutes",
            comeback.separations().size());
      }
    }
    members.put(member.id(), member);
    seeds.add(member.host() + ":" + member.port());
    seeds.hide();
    inside.forget(member.host(), member.port());
  }

  /** It is a member again, or a later incarnation of it is. */
  void back(NodeId node) {
    members.values().removeIf(old -> old.id().name().equals(node.name()));
    settle();
  }

  /** True if it was unreachable until now. */
  boolean provenDead(Member member) {
    boolean known = members.remove(member.id(), member);
    settle();
    return known;
  }

  private void settle() {
    if (members.isEmpty()) {
      show();
    }
  }

  private void show() {
    separated = false;
    seeds.show();
  }

  /**
   * All of them were probed. Probes of different rounds overlap: what an earlier one did not reach,
   * a later one may have reached meanwhile.
   *
   * @param begun when
   * @param all whether each can be reached
   */
  void probed(long begun, boolean all) {
    long now = clock.nanos();
    if (all && !reached) {
      reached = true;
      reachedSince = begun;
    } else if (!all && (!reached || begun - reachedSince > 0)) {
      reached = false;
    }
    if (!separated) {
      return;
    }
    boolean ready = reached && now - countedUntil > 0;
    switch (comeback.step(now, ready ? now - reachedSince : -1, goesOn.getAsBoolean())) {
      case STAYS_AWAY ->
          members.values().forEach(member -> inside.forget(member.host(), member.port()));
      case IS_FOUND -> LOG.debug("Lets {} find it", members.keySet());
      case LOOKS -> {
        LOG.info("Looks for {} again", members.keySet());
        show();
      }
    }
  }
}
