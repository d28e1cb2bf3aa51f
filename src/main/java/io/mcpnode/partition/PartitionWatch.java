package io.mcpnode.partition;

import io.mcpnode.NodeConfig;
import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once every heartbeat interval whether all that count reach each other, and acts where a
 * quorum alone does not: a node that reaches some of the others only through the rest stands aside,
 * and the rest has it removed, since writes that need both ends of the broken link would hang.
 * Works on one event loop context.
 */
public final class PartitionWatch implements Partitions, Membership.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(PartitionWatch.class);
  private static final String ASIDE = "aside";
  private static final String OPERATOR = "operator";
  private static final String THROUGH_OTHERS = "it reaches some members through others only";

  private final Vertx vertx;
  private final Membership membership;
  private final QuorumLease lease;
  private final SplitBrainStrategy strategy;
  private final String master;
  private final Supplier<Merged> merged;
  private final Clock clock;
  private final Context context;
  private final Journal journal;
  private volatile Report report;

  // Only on the context.
  private final Map<NodeId, Set<NodeId>> words = new HashMap<>();
  private Reachability reachability = new Reachability(Map.of());
  private Set<NodeId> told = Set.of();
  private Finding finding;
  private final Bystanders bystanders = new Bystanders();
  private int detections;
  private long since;
  private String seen = "";
  private boolean begun;
  private boolean wasOpen = true;
  private boolean held;
  private long timer = -1;

  private PartitionWatch(
      Vertx vertx,
      Membership membership,
      QuorumLease lease,
      NodeConfig.Cluster config,
      Supplier<Merged> merged,
      Clock clock) {
    this.vertx = vertx;
    this.membership = membership;
    this.lease = lease;
    this.strategy = config.splitBrainStrategy();
    this.master = config.masterNode();
    this.merged = merged;
    this.clock = clock;
    this.context = vertx.getOrCreateContext();
    this.journal = new Journal(clock);
    this.finding = find(strategy);
    this.report = render();
  }

  /** Begins to look. Completes after the first look. */
  public static Future<PartitionWatch> start(
      Vertx vertx,
      Membership membership,
      QuorumLease lease,
      NodeConfig.Cluster config,
      Supplier<Merged> merged,
      Clock clock) {
    PartitionWatch watch = new PartitionWatch(vertx, membership, lease, config, merged, clock);
    Promise<PartitionWatch> started = Promise.promise();
    watch.context.runOnContext(
        v -> {
          membership.listen(watch);
          lease.onResolve(asked -> watch.context.runOnContext(w -> watch.apply(asked)));
          watch.timer =
              vertx.setPeriodic(config.heartbeatInterval().toMillis(), id -> watch.look());
          watch.look();
          started.complete(watch);
        });
    return started.future();
  }

  /** Stops looking. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        v -> {
          vertx.cancelTimer(timer);
          closed.complete();
        });
    return closed.future();
  }

  @Override
  public void joined(View view, Member member) {
    context.runOnContext(v -> journal.joined(member.id().name()));
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    context.runOnContext(v -> journal.gone(member.id().name(), how));
  }

  @Override
  public void provenDead(Member member) {
    context.runOnContext(v -> journal.gone(member.id().name(), Departure.DIED));
  }

  @Override
  public void rejoined(View view) {
    context.runOnContext(
        v ->
            journal.note(
                "joined the cluster again: " + Diagnosis.names(view.ids()) + "; starts afresh"));
  }

  private void look() {
    sense();
    // A node that starts hears the others one after the other; until it serves, that is no news.
    begun |= lease.isOpen();
    if (begun) {
      count();
      act();
    }
    boolean open = lease.isOpen();
    if (open != wasOpen) {
      journal.note(open ? "this node serves" : "this node is quarantined: " + lease.reason());
      wasOpen = open;
    }
    report = render();
  }

  private void sense() {
    Electorate electorate = lease.electorate();
    Map<NodeId, List<NodeId>> reach = membership.reach();
    reach.forEach((node, hears) -> words.put(node, Set.copyOf(hears)));
    words.keySet().retainAll(electorate.all());
    Map<NodeId, Set<NodeId>> hears = new HashMap<>();
    for (NodeId node : electorate.all()) {
      hears.put(node, words.getOrDefault(node, electorate.all()));
    }
    reachability = new Reachability(hears);
    told = new TreeSet<>(words.getOrDefault(membership.self(), Set.of()));
    told.add(membership.self());
    finding = find(strategy);
  }

  private Finding find(SplitBrainStrategy by) {
    return Finding.of(
        membership.self(), reachability, told, lease.electorate(), new Sides(by, master));
  }

  private void count() {
    if (!finding.isPartition()) {
      if (detections > 0) {
        journal.note("all reach each other again");
      }
      detections = 0;
      return;
    }
    detections++;
    if (detections == 1) {
      since = clock.millis();
      lease.refusals().clear();
      seen = "";
    }
    String now = Diagnosis.sides(finding) + "; " + Diagnosis.outcome(finding);
    if (!now.equals(seen)) {
      seen = now;
      journal.note("seen: " + now);
      LOG.info("Partition: {}", now);
    }
  }

  private void act() {
    NodeId self = membership.self();
    switch (bystanders.look(self, finding.aside())) {
      case STAND_ASIDE -> {
        journal.note("stands aside for " + Diagnosis.names(finding.survivors()));
        hold(ASIDE, "reaches some nodes through others only; " + Diagnosis.outcome(finding));
      }
      case LEAVE -> membership.expel(self, THROUGH_OTHERS);
      case EXPEL -> expel();
      case NONE -> {}
    }
    // Removed meanwhile, it is on no side that goes on: it waits until it is back.
    if (finding.survivors().contains(self) && !finding.aside().contains(self)) {
      release(ASIDE);
    }
    if (!finding.isPartition()) {
      release(OPERATOR);
    }
  }

  private void expel() {
    for (NodeId node : finding.aside()) {
      if (membership.view().contains(node)) {
        journal.note("has " + node.name() + " removed: " + Diagnosis.sides(finding));
        membership.expel(node, THROUGH_OTHERS);
      }
    }
  }

  private void hold(String by, String why) {
    held = true;
    lease.hold(by, why);
  }

  private void release(String by) {
    if (held) {
      lease.release(by);
    }
  }

  @Override
  public Future<Report> report() {
    Promise<Report> rendered = Promise.promise();
    context.runOnContext(
        v -> {
          sense();
          rendered.complete(render());
        });
    return rendered.future();
  }

  @Override
  public Report lastReport() {
    return report;
  }

  @Override
  public Future<Resolution> resolve(SplitBrainStrategy asked, boolean dryRun) {
    if (asked == SplitBrainStrategy.CONFIGURED_MASTER && master.isEmpty()) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "strategy: configured_master, but no node is configured as the master"
                  + " (expected: cluster.masterNode set on every node)"));
    }
    Promise<Resolution> resolved = Promise.promise();
    context.runOnContext(
        v -> {
          Finding by = find(asked);
          boolean applies = !dryRun && by.isPartition();
          if (applies) {
            lease.tellResolve(by.groupOf(membership.self()), asked);
            apply(asked);
          }
          resolved.complete(
              Diagnosis.resolution(membership.self(), by, asked, dryRun, lease.reason()));
        });
    return resolved.future();
  }

  /** An operator's decision: it can only shut the gate. */
  private void apply(SplitBrainStrategy asked) {
    Finding by = find(asked);
    if (by.isPartition()) {
      String decision =
          "an operator resolved by " + Diagnosis.text(asked) + ": " + Diagnosis.outcome(by);
      journal.note(decision);
      LOG.warn("Partition: {}", decision);
      if (!by.survivors().contains(membership.self())) {
        hold(OPERATOR, decision);
        report = render();
      }
    }
  }

  /** Seen between two looks, it has only begun. */
  private long since(boolean detected) {
    if (!detected) {
      return 0;
    }
    return detections == 0 ? clock.millis() : since;
  }

  private Report render() {
    String shut = lease.reason();
    boolean detected = finding.isPartition();
    Map<String, List<String>> sees = new TreeMap<>();
    reachability.hears().forEach((node, others) -> sees.put(node.name(), Diagnosis.names(others)));
    return new Report(
        detected,
        finding.kind().text(),
        finding.groups().stream().map(Diagnosis::names).toList(),
        Diagnosis.majority(finding, reachability.nodes()),
        Diagnosis.names(finding.survivors()),
        strategy,
        Diagnosis.verdict(finding, shut),
        Diagnosis.reason(finding, shut),
        sees,
        Diagnosis.pairs(finding.oneWay()),
        Diagnosis.pairs(finding.indirect()),
        journal.gone(),
        since(detected),
        detections,
        lease.refusals().counts(),
        journal.notes(),
        merged.get());
  }
}
