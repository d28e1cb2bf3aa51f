package io.mcpnode.partition;

import static io.mcpnode.partition.FindingTest.between;
import static io.mcpnode.partition.SidesTest.cluster;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.partition.Partitions.Decision;
import io.mcpnode.partition.Partitions.Merged;
import io.mcpnode.partition.Partitions.Pair;
import io.mcpnode.partition.Partitions.Report;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes are letters; A is the oldest, then B; C is the configured master. */
class LookoutTest {

  private static final Set<Reachability.Link> NOTHING = Set.of();
  private static final Set<Reachability.Link> B_FROM_C = between(nodes("{B}"), nodes("{C}"));
  private static final Set<Reachability.Link> C_FROM_ALL = between(nodes("{A,B}"), nodes("{C}"));

  /** One node and what it has done. */
  private static final class Watcher implements Lookout.Orders {
    final NodeId self;
    final Set<NodeId> all;
    final Set<NodeId> members;
    final Refusals refusals = new Refusals();
    final List<String> done = new ArrayList<>();
    final Lookout lookout;
    long now = 1_000;

    Watcher(char self, String all) {
      this(node(self), nodes(all), SplitBrainStrategy.MAJORITY);
    }

    Watcher(NodeId self, Set<NodeId> all, SplitBrainStrategy strategy) {
      this.self = self;
      this.all = all;
      this.members = new HashSet<>(all);
      Clock clock =
          new Clock() {
            @Override
            public long nanos() {
              throw new UnsupportedOperationException("what is told to people has a date");
            }

            @Override
            public long millis() {
              return now;
            }
          };
      this.lookout =
          new Lookout(
              self, new Sides(strategy, "C"), Electorate.joiner(Set.of()), refusals, clock, this);
    }

    /** What it knows: its own word and that of those it hears. */
    void sense(Set<Reachability.Link> broken) {
      Map<NodeId, Set<NodeId>> world = FindingTest.world(all, broken);
      Map<NodeId, List<NodeId>> reach = new HashMap<>();
      reach.put(self, List.copyOf(world.get(self)));
      world.get(self).forEach(node -> reach.put(node, List.copyOf(world.get(node))));
      lookout.sense(reach, new Electorate(all, Set.of(), Set.of()));
    }

    /** One interval later; returns what it does. */
    List<String> look(Set<Reachability.Link> broken) {
      return look(broken, true);
    }

    List<String> look(Set<Reachability.Link> broken, boolean open) {
      now += 1_000;
      done.clear();
      sense(broken);
      lookout.look(open, members::contains);
      return List.copyOf(done);
    }

    List<String> notes() {
      return lookout.journal().notes().stream().map(Decision::what).toList();
    }

    Report report() {
      return lookout.report("", Merged.NOTHING);
    }

    @Override
    public void hold(String cause, String why) {
      done.add("hold " + cause + ": " + why);
    }

    @Override
    public void release(String cause) {
      done.add("release " + cause);
    }

    @Override
    public void expel(NodeId node) {
      done.add("expel " + node.name());
    }
  }

  @Test
  void aWholeClusterIsLeftAlone() {
    Watcher a = new Watcher('A', "{A,B,C}");
    for (int i = 0; i < 10; i++) {
      assertThat(a.look(NOTHING)).isEmpty();
    }
    assertThat(a.notes()).isEmpty();
  }

  @Test
  void whatANodeFindsBeforeItServesIsNoNews() {
    Watcher c = new Watcher('C', "{A,B,C}");
    for (int i = 0; i < 10; i++) {
      assertThat(c.look(B_FROM_C, false)).isEmpty();
    }
    assertThat(c.notes()).isEmpty();
    assertThat(c.report().detections()).isZero();
  }

  @Test
  void onceItHasServedItCountsAlsoWhileItIsShut() {
    Watcher c = new Watcher('C', "{A,B,C}");
    c.look(NOTHING, true);
    c.look(C_FROM_ALL, false);
    c.look(C_FROM_ALL, false);
    assertThat(c.report().detections()).isEqualTo(2);
  }

  @Test
  void whoReachesSomeThroughOthersOnlyStandsAsideThenLeavesAndServesWhenItIsBack() {
    Watcher c = new Watcher('C', "{A,B,C}");
    assertThat(c.look(B_FROM_C)).isEmpty();
    assertThat(c.look(B_FROM_C))
        .containsExactly("hold aside: reaches some nodes through others only; [A, B] goes on");
    assertThat(c.look(B_FROM_C, false)).containsExactly("expel C");
    assertThat(c.look(C_FROM_ALL, false)).as("it is not back yet").isEmpty();
    assertThat(c.look(NOTHING, false)).containsExactly("release aside");
    assertThat(c.look(NOTHING)).as("once").isEmpty();
    assertThat(c.notes())
        .containsExactly(
            "seen: [A, B, C], through others only: [B-C]; [A, B] goes on",
            "stands aside for [A, B]",
            "seen: [A, B] | [C]; [A, B] goes on",
            "all reach each other again");
  }

  @Test
  void aBrokenLinkThatHealsWhileItStandsAsideIsOver() {
    Watcher c = new Watcher('C', "{A,B,C}");
    c.look(B_FROM_C);
    c.look(B_FROM_C);
    assertThat(c.look(NOTHING, false)).containsExactly("release aside");
  }

  @Test
  void whoGoesOnHasTheOtherRemovedUntilItIsNoMember() {
    Watcher a = new Watcher('A', "{A,B,C}");
    assertThat(a.look(B_FROM_C)).isEmpty();
    assertThat(a.look(B_FROM_C)).isEmpty();
    assertThat(a.look(B_FROM_C)).containsExactly("expel C");
    assertThat(a.look(B_FROM_C)).containsExactly("expel C");
    a.members.remove(node('C'));
    assertThat(a.look(B_FROM_C)).isEmpty();
    assertThat(a.notes())
        .containsExactly(
            "seen: [A, B, C], through others only: [B-C]; [A, B] goes on",
            "has C removed: [A, B, C], through others only: [B-C]",
            "has C removed: [A, B, C], through others only: [B-C]");
  }

  @Test
  void aCleanCutIsLeftToTheQuorum() {
    for (char self : new char[] {'A', 'B', 'C'}) {
      Watcher watcher = new Watcher(self, "{A,B,C}");
      watcher.look(NOTHING);
      for (int i = 0; i < 10; i++) {
        assertThat(watcher.look(C_FROM_ALL)).as("of %s", self).isEmpty();
      }
    }
  }

  /** The link between each two nodes, cut both ways or one way, in clusters of three to six. */
  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void ofEverySingleBrokenLinkOneEndLeavesAndAllOthersHaveItRemoved(SplitBrainStrategy strategy) {
    for (int size = 3; size <= 6; size++) {
      List<NodeId> all = cluster(size);
      for (NodeId a : all) {
        for (NodeId b : all) {
          if (!a.equals(b)) {
            Reachability.Link there = new Reachability.Link(a, b);
            Reachability.Link back = new Reachability.Link(b, a);
            expectOneToLeave(all, Set.of(there), strategy);
            expectOneToLeave(all, Set.of(there, back), strategy);
          }
        }
      }
    }
  }

  private static void expectOneToLeave(
      List<NodeId> all, Set<Reachability.Link> broken, SplitBrainStrategy strategy) {
    Set<String> expelled = new HashSet<>();
    Set<NodeId> aside = new HashSet<>();
    for (NodeId self : all) {
      Watcher watcher = new Watcher(self, new TreeSet<>(all), strategy);
      watcher.look(broken);
      if (!watcher.look(broken).isEmpty()) {
        aside.add(self);
      }
      List<String> third = watcher.look(broken);
      assertThat(third).as("%s of %s", self, broken).hasSize(1);
      expelled.addAll(third);
    }
    assertThat(aside).as("%s", broken).hasSize(1);
    assertThat(expelled).containsExactly("expel " + aside.iterator().next().name());
  }

  @Test
  void anOperatorsDecisionStopsWhoDoesNotGoOnUntilThePartitionIsOver() {
    Watcher b = new Watcher('B', "{A,B,C}");
    b.look(C_FROM_ALL);
    b.done.clear();
    b.lookout.resolve(SplitBrainStrategy.CONFIGURED_MASTER);
    String decision = "an operator resolved by configured_master: [C] goes on";
    assertThat(b.done).containsExactly("hold operator: " + decision);
    assertThat(b.notes()).last().isEqualTo(decision);
    assertThat(b.look(C_FROM_ALL, false)).isEmpty();
    assertThat(b.look(B_FROM_C, false)).as("another one").isEmpty();
    assertThat(b.look(NOTHING, false)).containsExactly("release operator");
    assertThat(b.look(NOTHING)).as("once").isEmpty();
  }

  @Test
  void anOperatorsDecisionChangesNothingForWhoGoesOn() {
    Watcher b = new Watcher('B', "{A,B,C}");
    b.look(C_FROM_ALL);
    b.lookout.resolve(SplitBrainStrategy.OLDEST_NODE);
    assertThat(b.done).isEmpty();
    assertThat(b.notes()).last().isEqualTo("an operator resolved by oldest_node: [A, B] goes on");
  }

  @Test
  void withoutAPartitionThereIsNothingToDecide() {
    Watcher b = new Watcher('B', "{A,B,C}");
    b.look(NOTHING);
    b.lookout.resolve(SplitBrainStrategy.CONFIGURED_MASTER);
    assertThat(b.done).isEmpty();
    assertThat(b.notes()).isEmpty();
  }

  /** It can't serve while an operator holds it, so that can't be what it waits for. */
  @Test
  void anOperatorsDecisionEndsAlsoAtANodeThatHasNeverServed() {
    Watcher b = new Watcher('B', "{A,B,C}");
    b.look(C_FROM_ALL, false);
    b.lookout.resolve(SplitBrainStrategy.CONFIGURED_MASTER);
    assertThat(b.look(C_FROM_ALL, false)).isEmpty();
    assertThat(b.look(NOTHING, false)).containsExactly("release operator");
  }

  @Test
  void refusalsAreCountedFromTheBeginningOfAPartition() {
    Watcher a = new Watcher('A', "{A,B,C}");
    a.look(NOTHING);
    a.refusals.add("before");
    a.look(C_FROM_ALL);
    a.refusals.add("within");
    a.look(B_FROM_C);
    assertThat(a.report().refused()).isEqualTo(Map.of("within", 1L));
    a.look(NOTHING);
    assertThat(a.report().refused()).as("until the next one").isEqualTo(Map.of("within", 1L));
  }

  @Test
  void whenTheGateOpensAndShutsIsNoted() {
    Watcher a = new Watcher('A', "{A,B,C}");
    a.lookout.gate("not started");
    a.lookout.gate("no quorum");
    a.lookout.gate("");
    a.lookout.gate("");
    a.lookout.gate("stopped");
    assertThat(a.notes())
        .containsExactly(
            "this node is quarantined: not started",
            "this node serves",
            "this node is quarantined: stopped");
  }

  @Test
  void theReportTellsOfAWholeCluster() {
    Watcher b = new Watcher('B', "{A,B,C}");
    b.look(NOTHING);
    Report report = b.lookout.report("", new Merged(1, 2, 3, List.of("k")));
    assertThat(report.detected()).isFalse();
    assertThat(report.kind()).isEqualTo("none");
    assertThat(report.groups()).containsExactly(List.of("A", "B", "C"));
    assertThat(report.majority()).isEqualTo(report.survivors()).containsExactly("A", "B", "C");
    assertThat(report.strategy()).isEqualTo(SplitBrainStrategy.MAJORITY);
    assertThat(report.verdict()).isEqualTo("whole");
    assertThat(report.why()).isEqualTo("all reach each other");
    assertThat(report.since()).isZero();
    assertThat(report.merged()).isEqualTo(new Merged(1, 2, 3, List.of("k")));
  }

  @Test
  void theReportTellsOfAPartition() {
    Watcher a = new Watcher(node('A'), nodes("{A,B,C,D}"), SplitBrainStrategy.CONFIGURED_MASTER);
    Set<Reachability.Link> broken = between(nodes("{A,B,C}"), nodes("{D}"));
    a.look(NOTHING);
    Set<Reachability.Link> oneWay = new HashSet<>(broken);
    oneWay.add(new Reachability.Link(node('B'), node('C')));
    a.look(oneWay);
    a.look(oneWay);
    Report report = a.report();
    assertThat(report.detected()).isTrue();
    assertThat(report.kind()).isEqualTo("one_way");
    assertThat(report.groups()).containsExactly(List.of("A", "B", "C"), List.of("D"));
    assertThat(report.majority()).containsExactly("A", "B", "C");
    assertThat(report.survivors()).containsExactly("A", "C");
    assertThat(report.strategy()).isEqualTo(SplitBrainStrategy.CONFIGURED_MASTER);
    assertThat(report.verdict()).isEqualTo("goes_on");
    assertThat(report.why()).isEqualTo("[A, C] goes on");
    assertThat(report.sees())
        .isEqualTo(
            Map.of(
                "A", List.of("B", "C"),
                "B", List.of("A", "C"),
                "C", List.of("A"),
                "D", List.of("A", "B", "C")));
    assertThat(report.oneWay()).containsExactly(new Pair("B", "C"));
    assertThat(report.indirect()).containsExactly(new Pair("B", "C"));
    assertThat(report.since()).isEqualTo(3_000);
    assertThat(report.detections()).isEqualTo(2);
    assertThat(a.lookout.report("no quorum", Merged.NOTHING).verdict()).isEqualTo("quarantined");
    assertThat(a.lookout.report("no quorum", Merged.NOTHING).why()).isEqualTo("no quorum");
  }

  @Test
  void aPartitionFoundBetweenTwoLooksIsReportedAndNotCounted() {
    Watcher a = new Watcher('A', "{A,B,C}");
    a.look(NOTHING);
    a.now += 400;
    a.sense(C_FROM_ALL);
    assertThat(a.report().detected()).isTrue();
    assertThat(a.report().since()).isEqualTo(2_400);
    assertThat(a.report().detections()).isZero();
    assertThat(a.notes()).isEmpty();
  }
}
