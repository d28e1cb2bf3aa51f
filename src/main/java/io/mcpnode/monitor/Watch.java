package io.mcpnode.monitor;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.NodeState;
import io.mcpnode.monitor.MonitorProtocol.Report;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this node has seen of the others: their reports, their health over time, who was lost. Turns
 * what changes into events. One thread.
 */
final class Watch {

  /** A new member may need so long to be heard by all. */
  static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Of a member, or of one that was lost. */
  private static final class Seen {
    final History history;
    final long since;
    @Nullable Report report;
    long reported;
    Health health = Health.HEALTHY;
    @Nullable NodeState state;

    Seen(History history, long since) {
      this.history = history;
      this.since = since;
    }
  }

  private final Membership membership;
  private final HealthBoard board;
  private final Clock clock;
  private final int maxHistory;
  private final Consumer<ClusterEvent> publish;
  private final Map<NodeId, Seen> members = new HashMap<>();

  /** The last of each name that was lost. */
  private final Map<String, Seen> ended = new HashMap<>();

  private final Roster roster = new Roster();
  private long checked;

  /**
   * @param maxHistory readings kept per node
   * @param publish gets what this node sees by itself
   */
  Watch(
      Membership membership,
      HealthBoard board,
      Clock clock,
      int maxHistory,
      Consumer<ClusterEvent> publish) {
    this.membership = membership;
    this.board = board;
    this.clock = clock;
    this.maxHistory = maxHistory;
    this.publish = publish;
    this.checked = clock.millis();
    membership.view().ids().forEach(this::member);
  }

  private Seen member(NodeId node) {
    return members.computeIfAbsent(
        node,
        id -> {
          @Nullable Seen before = ended.remove(id.name());
          History history = before == null ? new History(maxHistory) : before.history;
          return new Seen(history, clock.nanos());
        });
  }

  void joined(Member member) {
    member(member.id());
    roster.joined(member);
    event(ClusterEvent.Type.NODE_UP, member.id(), " joined", new JsonObject());
  }

  void gone(Member member, Departure how) {
    @Nullable Seen seen = members.remove(member.id());
    board.gone(member.id());
    roster.gone(member, how, clock.millis());
    if (seen != null && how != Departure.LEFT) {
      ended.put(member.id().name(), seen);
    }
    String reason =
        switch (how) {
          case LEFT -> "left";
          case DIED -> "died: its port refuses connections";
          case UNREACHABLE -> "unreachable";
        };
    event(
        ClusterEvent.Type.NODE_DOWN,
        member.id(),
        " is down: " + reason,
        new JsonObject().put("reason", reason));
  }

  void provenDead(Member member) {
    roster.provenDead(member);
    String reason = "proven dead: its port refuses connections";
    event(
        ClusterEvent.Type.NODE_DOWN,
        member.id(),
        " is " + reason,
        new JsonObject().put("reason", reason));
  }

  /** A member told how it does. */
  void reported(NodeId node, Report report) {
    if (membership.view().contains(node)) {
      Seen seen = member(node);
      seen.report = report;
      seen.reported = clock.nanos();
      if (seen.state == null) {
        noteState(node, seen);
      }
      board.works(node, report.work());
    }
  }

  /** Notes how everybody does now. */
  void look() {
    checked = clock.millis();
    for (NodeId node : membership.view().ids()) {
      Seen seen = member(node);
      Health health = board.of(node);
      seen.history.add(sample(seen, health, membership.missedPings(node)));
      if (health != seen.health) {
        healthChanged(node, seen, health);
      }
      noteState(node, seen);
    }
    List<Roster.Lost> lost = roster.lost(checked);
    ended.keySet().retainAll(lost.stream().map(Roster.Lost::name).toList());
    for (Roster.Lost node : lost) {
      @Nullable Seen seen = ended.get(node.name());
      if (seen != null) {
        seen.history.add(new Sample(checked, Health.UNHEALTHY, 0, 0, 0, 0, 0, 0, 0, 0));
      }
    }
  }

  private Sample sample(Seen seen, Health health, int missed) {
    @Nullable Report report = seen.report;
    return report == null
        ? new Sample(checked, health, missed, 0, 0, 0, 0, 0, 0, 0)
        : new Sample(
            checked,
            health,
            missed,
            report.work(),
            report.lagMicros(),
            report.memoryUsed(),
            report.sessions(),
            report.requestRate(),
            report.errorRate(),
            report.p99Micros());
  }

  private void healthChanged(NodeId node, Seen seen, Health health) {
    Health before = seen.health;
    seen.health = health;
    event(
        ClusterEvent.Type.HEALTH,
        node,
        " is " + health.text() + ", was " + before.text(),
        new JsonObject()
            .put("from", before.text())
            .put("to", health.text())
            .put("missedPings", membership.missedPings(node))
            .put("workInProgress", seen.report == null ? 0 : seen.report.work()));
  }

  /** Until it serves for the first time a node has no state to speak of: it is still joining. */
  private void noteState(NodeId node, Seen seen) {
    if (seen.report == null) {
      return;
    }
    NodeState state = membership.state(node);
    @Nullable NodeState before = seen.state;
    if (before == null && state == NodeState.QUARANTINED) {
      return;
    }
    seen.state = state;
    if (before != null && !before.text().equals(state.text())) {
      event(
          ClusterEvent.Type.STATE,
          node,
          " is " + state.text() + ", was " + before.text(),
          new JsonObject().put("from", before.text()).put("to", state.text()));
    }
  }

  private void event(ClusterEvent.Type type, NodeId about, String predicate, JsonObject details) {
    publish.accept(
        new ClusterEvent(
            clock.millis(),
            type,
            membership.self().name(),
            about.name() + predicate,
            details.put("subject", about.name()).put("incarnation", about.incarnation())));
  }

  /** Who does not hear whom, of the members whose report is recent; null if all is well. */
  @Nullable String gaps(long recentNanos) {
    long now = clock.nanos();
    Map<NodeId, Set<NodeId>> told = new HashMap<>();
    Set<NodeId> settled = new HashSet<>();
    members.forEach(
        (node, seen) -> {
          if (now - seen.since >= SETTLE_NANOS) {
            settled.add(node);
          }
          if (seen.report != null && now - seen.reported <= recentNanos) {
            told.put(node, Set.copyOf(seen.report.reaches()));
          }
        });
    return Reachability.gaps(told, settled);
  }

  /** Members that are out of the view, while it is found out how they went. */
  Set<NodeId> pending() {
    Set<NodeId> pending = new HashSet<>(members.keySet());
    membership.view().ids().forEach(pending::remove);
    return pending;
  }

  ClusterMonitor.NodeHealth ofPending(NodeId node) {
    return down(node.name(), "gone", members.get(node), false);
  }

  List<Roster.Lost> lost() {
    return roster.lost(clock.millis());
  }

  /** Of the members, by name. */
  Map<String, Health> health() {
    Map<String, Health> all = new TreeMap<>();
    membership.view().ids().forEach(node -> all.put(node.name(), board.of(node)));
    return all;
  }

  long checked() {
    return checked;
  }

  /** Of a member or a lost node; null if it is neither. */
  ClusterMonitor.@Nullable NodeHealth of(String name, boolean withHistory) {
    @Nullable Member member = membership.view().named(name);
    if (member != null) {
      return of(member.id(), withHistory);
    }
    for (Roster.Lost lost : lost()) {
      if (lost.name().equals(name)) {
        return of(lost, withHistory);
      }
    }
    return null;
  }

  ClusterMonitor.NodeHealth of(NodeId node, boolean withHistory) {
    Seen seen = member(node);
    @Nullable Report report = seen.report;
    return new ClusterMonitor.NodeHealth(
        node.name(),
        board.of(node),
        true,
        membership.state(node).text(),
        "",
        membership.missedPings(node),
        report == null ? null : reading(report),
        age(seen),
        membership.rttMicros(node),
        withHistory ? seen.history.list() : List.of());
  }

  ClusterMonitor.NodeHealth of(Roster.Lost lost, boolean withHistory) {
    return down(lost.name(), lost.reason(), ended.get(lost.name()), withHistory);
  }

  /** As in the list of nodes: what is gone is quarantined, as it can't serve anything. */
  private ClusterMonitor.NodeHealth down(
      String name, String reason, @Nullable Seen seen, boolean withHistory) {
    @Nullable Report report = seen == null ? null : seen.report;
    return new ClusterMonitor.NodeHealth(
        name,
        Health.UNHEALTHY,
        false,
        NodeState.QUARANTINED.text(),
        reason,
        0,
        report == null ? null : reading(report).ofLost(),
        seen == null ? -1 : age(seen),
        0,
        seen != null && withHistory ? seen.history.list() : List.of());
  }

  /** Of the last report, in milliseconds; -1: there was none. */
  private long age(Seen seen) {
    return seen.report == null ? -1 : TimeUnit.NANOSECONDS.toMillis(clock.nanos() - seen.reported);
  }

  private static ClusterMonitor.Reading reading(Report report) {
    return new ClusterMonitor.Reading(
        report.calls(),
        report.requests(),
        report.lagMicros(),
        report.memoryUsed(),
        report.memoryMax(),
        report.sessions(),
        new Replicas(report.replicasWanted(), report.replicasPresent()),
        report.reaches().stream().map(NodeId::name).sorted().toList(),
        report.requestRate(),
        report.errorRate(),
        report.p50Micros(),
        report.p99Micros());
  }
}
