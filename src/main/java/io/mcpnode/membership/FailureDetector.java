package io.mcpnode.membership;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What the heartbeats of the other members tell. Written by one thread, read by any; time is a
 * parameter, nanoseconds of this node's monotonic clock, so a pause of this node is noticed by the
 * first who asks.
 */
final class FailureDetector {

  /**
   * @param heard when the last beat came, or when the member joined
   * @param sent the last beat's own time stamp; 0: no beat yet
   * @param view the sender's, of the last beat
   * @param still as of the last beat, it and this node agreed where all copies are
   * @param joined when the member joined, or joined again
   * @param since the view in which it did
   * @param settled it has said, in answer to a beat that it got after it joined, that it is not
   *     merging: a beat from before may arrive late
   */
  record Pulse(
      long heard,
      long sent,
      long rttMicros,
      int load,
      NodeState state,
      long view,
      boolean still,
      List<NodeId> hears,
      long joined,
      long since,
      boolean settled) {}

  /** The bus of a new member may need so long to find its way to this node. */
  static final Duration JOINING = Duration.ofSeconds(10);

  private final long suspectAfter;
  private final long interval;
  private final ConcurrentMap<NodeId, Pulse> pulses = new ConcurrentHashMap<>();

  /**
   * @param suspectAfter without a beat
   * @param interval one missed ping each
   */
  FailureDetector(Duration suspectAfter, Duration interval) {
    this.suspectAfter = suspectAfter.toNanos();
    this.interval = interval.toNanos();
  }

  /**
   * A new member counts as heard at this moment.
   *
   * @param view the first one that it is in
   */
  void joined(NodeId node, long view, long now) {
    pulses.put(
        node, new Pulse(now, 0, 0, 0, NodeState.SERVING, 0, false, List.of(), now, view, false));
  }

  void gone(NodeId node) {
    pulses.remove(node);
  }

  /**
   * A beat of a member; of another node it changes nothing.
   *
   * @param still it has the same view as this node, and the copies are at the same places
   */
  void heard(NodeId node, MembershipProtocol.Beat beat, boolean still, long now) {
    pulses.computeIfPresent(
        node,
        (id, before) ->
            new Pulse(
                now,
                beat.sent(),
                beat.echo() == 0
                    ? before.rttMicros
                    : Math.max(0, (now - beat.echo() - beat.held()) / 1000),
                beat.load(),
                beat.state(),
                beat.view(),
                still,
                beat.hears(),
                before.joined,
                before.since,
                before.settled
                    || (beat.echo() != 0
                        && beat.echo() - before.joined >= 0
                        && beat.state() != NodeState.MERGING)));
  }

  @Nullable Pulse pulse(NodeId node) {
    return pulses.get(node);
  }

  boolean isSuspect(NodeId node, long now) {
    @Nullable Pulse pulse = pulses.get(node);
    return pulse == null || now - pulse.heard > suspectAfter;
  }

  /**
   * Pings missed in a row; as many as there can be if the node is not known. Those of a new member
   * are counted from its first one on, or when it took too long to join.
   */
  int missed(NodeId node, long now) {
    @Nullable Pulse pulse = pulses.get(node);
    if (pulse == null) {
      return Integer.MAX_VALUE;
    }
    long silent = now - pulse.heard - (pulse.sent == 0 ? JOINING.toNanos() : 0);
    return (int) Math.min(Integer.MAX_VALUE, Math.max(0, silent / interval));
  }

  /** The nodes that are not suspect; new ones are given the time to be heard. */
  List<NodeId> hears(long now) {
    List<NodeId> heard = new ArrayList<>();
    pulses.forEach(
        (node, pulse) -> {
          if (now - pulse.heard <= suspectAfter) {
            heard.add(node);
          }
        });
    return heard;
  }

  /** When the last beat of each member came, of those that were heard since they joined. */
  Map<NodeId, Long> lastBeats() {
    Map<NodeId, Long> beats = new HashMap<>();
    pulses.forEach(
        (node, pulse) -> {
          if (pulse.sent != 0) {
            beats.put(node, pulse.heard);
          }
        });
    return beats;
  }

  /**
   * Whom each member says it hears, those whose beats have come. Its last beat says nothing of
   * members that were not in its view: they count as heard, as new ones do here.
   */
  Map<NodeId, List<NodeId>> reports() {
    Map<NodeId, List<NodeId>> reports = new HashMap<>();
    pulses.forEach(
        (node, pulse) -> {
          if (pulse.sent != 0) {
            reports.put(node, heardBy(node, pulse));
          }
        });
    return reports;
  }

  private List<NodeId> heardBy(NodeId node, Pulse pulse) {
    List<NodeId> heard = new ArrayList<>(pulse.hears);
    pulses.forEach(
        (other, its) -> {
          if (its.since > pulse.view && !other.equals(node) && !heard.contains(other)) {
            heard.add(other);
          }
        });
    return heard;
  }
}
