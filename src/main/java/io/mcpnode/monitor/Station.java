package io.mcpnode.monitor;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.monitor.MonitorProtocol.Report;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node makes of all it hears: at every heartbeat it looks at everybody, and turns what has
 * changed into alerts, events and figures. One thread.
 */
final class Station {

  private static final Logger LOG = LoggerFactory.getLogger(Station.class);

  /** In a row; once may be a moment in which a busy machine let a node wait. */
  private static final int DIVIDED_AFTER = 2;

  private final Membership membership;
  private final Clock clock;
  private final ThresholdRegister register;
  private final Watch watch;
  private final Self self;
  private final Limits limits;
  private final PartitionSense sense;
  private final Feed feed;
  private final Outbox outbox;
  private final MonitorMeters meters;
  private final Streak partition = new Streak();
  private final AlertBoard alerts = new AlertBoard();
  private long missingSince;

  Station(
      Membership membership,
      Clock clock,
      ThresholdRegister register,
      Watch watch,
      Self self,
      Limits limits,
      PartitionSense sense,
      Feed feed,
      Outbox outbox,
      MonitorMeters meters) {
    this.membership = membership;
    this.clock = clock;
    this.register = register;
    this.watch = watch;
    this.self = self;
    this.limits = limits;
    this.sense = sense;
    this.feed = feed;
    this.outbox = outbox;
    this.meters = meters;
  }

  /**
   * How this node does now. Judges the others, unless this node slept: then it has not heard them,
   * and that says nothing of them.
   *
   * @param lagNanos of the slowest event loop since the last heartbeat
   * @param delayNanos by which this heartbeat is late
   * @param slept late by so much that others may seem lost
   */
  Report heartbeat(long lagNanos, long delayNanos, boolean slept) {
    self.measure(clock.nanos(), lagNanos, slept);
    Report report = self.report();
    watch.reported(membership.self(), report);
    if (!slept) {
      watch.look();
      judge();
    }
    meters.replicas(self.replicas());
    meters.heartbeat(lagNanos, delayNanos, divided() != null);
    outbox.flush(clock.millis());
    return report;
  }

  private void judge() {
    notePartition();
    long now = clock.millis();
    Replicas replicas = self.replicas();
    missingSince = replicas.isComplete() ? 0 : missingSince == 0 ? now : missingSince;
    Map<String, Health> others = new TreeMap<>(watch.health());
    others.remove(membership.self().name());
    AlertBoard.Changes changes =
        alerts.update(
            AlertRules.holding(
                new AlertRules.Situation(
                    now,
                    membership.self().name(),
                    others,
                    watch.lost(),
                    partition.what(),
                    partition.count(),
                    replicas,
                    missingSince,
                    limits.recent(clock.nanos())),
                register.thresholds()),
            watch.pending().stream().map(NodeId::name).collect(Collectors.toSet()));
    changes.raised().forEach(this::raised);
    changes.cleared().forEach(this::cleared);
    meters.active(alerts);
    meters.nodes(metrics().nodes().stream().map(ClusterMonitor.NodeHealth::health).toList());
  }

  private void notePartition() {
    boolean before = divided() != null;
    partition.observe(sense.detected());
    @Nullable String what = divided();
    if (before != (what != null)) {
      feed.publish(
          event(
              ClusterEvent.Type.PARTITION,
              what == null ? "no partition any more" : "partition: " + what,
              new JsonObject().put("detected", what != null).put("reason", what)));
    }
  }

  private @Nullable String divided() {
    return partition.count() >= DIVIDED_AFTER ? partition.what() : null;
  }

  private void raised(Alert alert) {
    LOG.warn("Alert {}: {}", alert.type().text(), alert.message());
    meters.raised(alert.type());
    alerted(alert, true);
  }

  private void cleared(Alert alert) {
    LOG.info("Alert over, {}: {}", alert.type().text(), alert.message());
    alerted(alert, false);
  }

  /** What every node finds out by itself need not be told to the others. */
  private void alerted(Alert alert, boolean active) {
    ClusterEvent event =
        event(
            ClusterEvent.Type.ALERT,
            (active ? "" : "over: ") + alert.message(),
            new JsonObject()
                .put("type", alert.type().text())
                .put("subject", alert.subject())
                .put("active", active));
    switch (alert.type()) {
      case NODE_UNHEALTHY -> feed.publish(event);
      case PARTITION, REPLICAS_MISSING, LIMIT_REACHED -> everywhere(event);
    }
  }

  private void everywhere(ClusterEvent event) {
    feed.publish(event);
    outbox.add(event);
  }

  private ClusterEvent event(ClusterEvent.Type type, String message, JsonObject details) {
    return new ClusterEvent(clock.millis(), type, membership.self().name(), message, details);
  }

  /** Another member told how it does. */
  void reported(NodeId from, Report report) {
    watch.reported(from, report);
    learn(report.thresholds());
  }

  /** Another member told what happened there. */
  void happened(NodeId from, MonitorProtocol.Happened message) {
    for (MonitorProtocol.Happening happening : message.happenings()) {
      feed.publish(Outbox.event(from.name(), happening));
    }
  }

  /** Records have moved, by this node's doing. */
  void moved(List<ClusterEvent> events) {
    events.forEach(this::everywhere);
  }

  MonitorProtocol.Setting learn(MonitorProtocol.Setting setting) {
    if (register.learn(setting)) {
      thresholdsChanged(setting.author());
    }
    return register.setting();
  }

  /** Thresholds set at this node. */
  MonitorProtocol.Setting set(Thresholds values) {
    Thresholds before = register.thresholds();
    MonitorProtocol.Setting setting = register.set(values);
    if (!before.equals(values)) {
      thresholdsChanged(setting.author());
    }
    return setting;
  }

  private void thresholdsChanged(String author) {
    Thresholds now = register.thresholds();
    LOG.info("Thresholds set at {}: {}", author, now);
    feed.publish(
        event(
            ClusterEvent.Type.THRESHOLDS,
            "thresholds set at " + author,
            new JsonObject()
                .put("failedPingThreshold", now.failedPing())
                .put("processCountThreshold", now.processCount())
                .put("partitionThreshold", now.partition())));
  }

  void joined(Member member) {
    watch.joined(member);
  }

  void gone(Member member, Departure how) {
    watch.gone(member, how);
  }

  void provenDead(Member member) {
    watch.provenDead(member);
  }

  void replicas(Replicas replicas) {
    self.replicas(replicas);
  }

  Report report() {
    return self.report();
  }

  ClusterMonitor.@Nullable NodeHealth health(String node) {
    return watch.of(node, true);
  }

  ClusterMonitor.Metrics metrics() {
    List<ClusterMonitor.NodeHealth> nodes = new ArrayList<>();
    int sessions = 0;
    long wanted = 0;
    long present = 0;
    for (NodeId id : membership.view().ids()) {
      ClusterMonitor.NodeHealth node = watch.of(id, false);
      nodes.add(node);
      ClusterMonitor.@Nullable Reading reading = node.reading();
      if (reading != null) {
        sessions += reading.sessions();
        wanted += reading.replicas().wanted();
        present += reading.replicas().present();
      }
    }
    watch.pending().stream()
        .filter(node -> membership.view().named(node.name()) == null)
        .forEach(node -> nodes.add(watch.ofPending(node)));
    for (Roster.Lost lost : watch.lost()) {
      if (membership.view().named(lost.name()) == null) {
        nodes.add(watch.of(lost, false));
      }
    }
    return new ClusterMonitor.Metrics(
        divided(),
        watch.checked(),
        sessions,
        new Replicas(wanted, present),
        nodes,
        alerts.active());
  }

  Feed feed() {
    return feed;
  }
}
