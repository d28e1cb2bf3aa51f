package io.mcpnode.partition;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node makes of who reaches whom, and what it has done about it: it stands aside, leaves,
 * has others removed, or stops serving because an operator said so. Keeps what is reported of that.
 * One thread.
 */
final class Lookout {

  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);
  static final String ASIDE = "aside";
  static final String OPERATOR = "operator";

  /** How it acts. */
  interface Orders {
    /** This node stops serving, until {@link #release} for the same cause. */
    void hold(String cause, String why);

    void release(String cause);

    /** Has the member removed; this node itself leaves. */
    void expel(NodeId node);
  }

  private final NodeId self;
  private final Sides sides;
  private final Refusals refusals;
  private final Clock clock;
  private final Orders orders;
  private final Journal journal;
  private final Words words;
  private final Bystanders bystanders = new Bystanders();
  private final Detections detections = new Detections();
  private final Set<String> held = new HashSet<>();
  private Electorate electorate;
  private Finding finding;
  private boolean begun;
  private boolean wasOpen = true;

  /**
   * @param refusals counted anew from the beginning of each partition
   */
  Lookout(
      NodeId self,
      Sides sides,
      Electorate electorate,
      Refusals refusals,
      Clock clock,
      Orders orders) {
    this.self = self;
    this.sides = sides;
    this.electorate = electorate;
    this.refusals = refusals;
    this.clock = clock;
    this.orders = orders;
    this.journal = new Journal(clock);
    this.words = new Words(self);
    this.finding = find(sides.strategy());
  }

  Journal journal() {
    return journal;
  }

  /**
   * Takes in how things are now.
   *
   * @param reach of nodes that have a word now, whom they hear
   * @param counting who counts
   */
  void sense(Map<NodeId, List<NodeId>> reach, Electorate counting) {
    electorate = counting;
    words.take(reach, counting.all());
    finding = find(sides.strategy());
  }

  /**
   * Once every interval, after {@link #sense}: counts what was found and acts on it.
   *
   * @param open whether this node serves
   * @param isMember whether there is anybody to be removed
   */
  void look(boolean open, Predicate<NodeId> isMember) {
    // A node that starts hears the others one after the other; until it serves, that is no news.
    begun |= open;
    if (begun) {
      count();
      act(isMember);
    }
    // Also before it has served, which it can't as long as it is held.
    if (!finding.isPartition()) {
      release(OPERATOR);
    }
  }

  private void count() {
    @Nullable String news = detections.look(finding, clock.millis());
    if (detections.begins()) {
      refusals.clear();
    }
    if (news != null && finding.isPartition()) {
      journal.note("seen: " + news);
      LOG.info("Partition: {}", news);
    } else if (news != null) {
      journal.note(news);
    }
  }

  private void act(Predicate<NodeId> isMember) {
    switch (bystanders.look(self, finding.aside())) {
      case STAND_ASIDE -> {
        journal.note("stands aside for " + Diagnosis.names(finding.survivors()));
        hold(ASIDE, "reaches some nodes through others only; " + Diagnosis.outcome(finding));
      }
      case LEAVE -> orders.expel(self);
      case EXPEL -> finding.aside().stream().filter(isMember).forEach(this::expel);
      case NONE -> {}
    }
    // Removed meanwhile, it is on no side that goes on: it waits until it is back.
    if (finding.survivors().contains(self)) {
      release(ASIDE);
    }
  }

  private void expel(NodeId node) {
    journal.note("has " + node.name() + " removed: " + Diagnosis.sides(finding));
    orders.expel(node);
  }

  private void hold(String cause, String why) {
    held.add(cause);
    orders.hold(cause, why);
  }

  private void release(String cause) {
    if (held.remove(cause)) {
      orders.release(cause);
    }
  }

  /**
   * After each look.
   *
   * @param shut why this node does not serve; empty if it does
   */
  void gate(String shut) {
    boolean open = shut.isEmpty();
    if (open != wasOpen) {
      journal.note(open ? "this node serves" : "this node is quarantined: " + shut);
      wasOpen = open;
    }
  }

  /** What is found by another strategy. */
  Finding find(SplitBrainStrategy by) {
    return Finding.of(
        self, words.reachability(), words.fresh(), electorate, new Sides(by, sides.master()));
  }

  /** An operator's decision: it can only stop this node from serving. */
  void resolve(SplitBrainStrategy asked) {
    Finding by = find(asked);
    if (!by.isPartition()) {
      return;
    }
    String decision =
        "an operator resolved by " + Diagnosis.text(asked) + ": " + Diagnosis.outcome(by);
    journal.note(decision);
    LOG.warn("Partition: {}", decision);
    if (!by.survivors().contains(self)) {
      hold(OPERATOR, decision);
    }
  }

  /**
   * @param shut why this node does not serve; empty if it does
   */
  Partitions.Report report(String shut, Partitions.Merged merged) {
    Reachability reachability = words.reachability();
    Map<String, List<String>> sees = new TreeMap<>();
    reachability.hears().forEach((node, others) -> sees.put(node.name(), Diagnosis.names(others)));
    return new Partitions.Report(
        finding.isPartition(),
        finding.kind().text(),
        finding.groups().stream().map(Diagnosis::names).toList(),
        Diagnosis.majority(finding, reachability.nodes()),
        Diagnosis.names(finding.survivors()),
        sides.strategy(),
        Diagnosis.verdict(finding, shut),
        Diagnosis.reason(finding, shut),
        sees,
        Diagnosis.pairs(finding.oneWay()),
        Diagnosis.pairs(finding.indirect()),
        journal.gone(),
        detections.since(finding, clock.millis()),
        detections.count(),
        refusals.counts(),
        journal.notes(),
        merged);
  }
}
