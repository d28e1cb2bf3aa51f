package io.mcpnode.membership;

import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has members removed that have been silent for long. One thread. */
final class SilenceWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
  private static final String REASON = "silent for 5 s";

  private final HazelcastMembership membership;
  private final Silence silence = new Silence();
  private List<Member> givenUp = List.of();

  SilenceWatch(HazelcastMembership membership) {
    this.membership = membership;
  }

  /** At every beat. */
  void look() {
    View view = membership.view();
    List<Member> silent =
        silence.look(membership.detector().lastBeats()).stream()
            .map(view::member)
            .filter(Objects::nonNull)
            .toList();
    boolean gone = !silent.isEmpty() && membership.inside().giveUp(silent, REASON);
    // They stay in the view until the node that keeps the member list has removed them.
    if (gone && !silent.equals(givenUp)) {
      LOG.warn("Gives up {}: {}", silent.stream().map(Member::id).toList(), REASON);
    }
    givenUp = gone ? silent : List.of();
  }
}
