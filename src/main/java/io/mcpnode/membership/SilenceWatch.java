package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has members removed that have been silent for long, and says so once. One thread. */
final class SilenceWatch {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);
  static final String REASON = "silent for 5 s";

  private final Supplier<View> view;
  private final Supplier<Map<NodeId, Long>> lastBeats;
  private final BiPredicate<List<Member>, String> giveUp;
  private final Silence silence = new Silence();
  private boolean said;

  /**
   * @param lastBeats when the last beat of each member came
   * @param giveUp takes members for gone, for a reason, if that is for this node to do; returns
   *     whether it was. It may be told of the same members again
   */
  SilenceWatch(
      Supplier<View> view,
      Supplier<Map<NodeId, Long>> lastBeats,
      BiPredicate<List<Member>, String> giveUp) {
    this.view = view;
    this.lastBeats = lastBeats;
    this.giveUp = giveUp;
  }

  /** At every beat. */
  void look() {
    View members = view.get();
    List<Member> silent =
        silence.look(lastBeats.get()).stream()
            .map(members::member)
            .filter(Objects::nonNull)
            .toList();
    boolean gone = !silent.isEmpty() && giveUp.test(silent, REASON);
    // They stay in the view until the node that keeps the member list has removed them; before one
    // more is given up with them, nobody is for a while.
    if (gone && !said) {
      LOG.warn("Gives up {}: {}", silent.stream().map(Member::id).toList(), REASON);
    }
    said = gone;
  }
}
