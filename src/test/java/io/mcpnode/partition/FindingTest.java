package io.mcpnode.partition;

import static io.mcpnode.partition.SidesTest.cluster;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static io.mcpnode.partition.SidesTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.partition.Finding.Kind;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes are letters; A is the oldest, then B; C is the configured master. Every node is asked
 * alone, and knows what it would know: the word of those it hears, and of the others the last one,
 * by which all was well.
 */
class FindingTest {

  private static final String MASTER = "C";

  /** Who hears whom in truth: all but the broken directions. */
  static Map<NodeId, Set<NodeId>> world(Set<NodeId> all, Set<Reachability.Link> broken) {
    Map<NodeId, Set<NodeId>> hears = new HashMap<>();
    for (NodeId node : all) {
      Set<NodeId> heard = new TreeSet<>(all);
      heard.remove(node);
      heard.removeIf(other -> broken.contains(new Reachability.Link(other, node)));
      hears.put(node, heard);
    }
    return hears;
  }

  /** What that node makes of it. */
  private static Finding asked(
      NodeId self, Map<NodeId, Set<NodeId>> world, SplitBrainStrategy strategy) {
    Set<NodeId> all = world.keySet();
    Map<NodeId, Set<NodeId>> known = new HashMap<>();
    for (NodeId node : all) {
      boolean fresh = node.equals(self) || world.get(self).contains(node);
      known.put(node, fresh ? world.get(node) : all);
    }
    Set<NodeId> told = new HashSet<>(world.get(self));
    told.add(self);
    return Finding.of(
        self,
        new Reachability(known),
        told,
        new Electorate(all, Set.of(), Set.of()),
        new Sides(strategy, MASTER));
  }

  static Set<Reachability.Link> between(Set<NodeId> one, Set<NodeId> other) {
    Set<Reachability.Link> links = new HashSet<>();
    for (NodeId a : one) {
      for (NodeId b : other) {
        links.add(new Reachability.Link(a, b));
        links.add(new Reachability.Link(b, a));
      }
    }
    return links;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "MAJORITY; {A,B,C} => {A,B,C}",
        "MAJORITY; {A} | {B} => {A}",
        "MAJORITY; {A,B} | {C} => {A,B}",
        "MAJORITY; {A,B} | {C,D,E} => {C,D,E}",
        "MAJORITY; {A} | {B} | {C} => nobody",
        "MAJORITY; {A,(B,C)} => {A,B}",
        "MAJORITY; {(A,B),C} => {A,C}",
        "MAJORITY; {A,B,C,(D,E)} => {A,B,C,D}",
        "MAJORITY; {(A,C),(B,C),D,E} => {A,B,D,E}",
        "MAJORITY; {A,B,(C,D)} | {E} => {A,B,C}",
        "MAJORITY; {A,(B,C)} | {D} | {E} => nobody",
        "OLDEST_NODE; {A} | {B,C} => {A}",
        "OLDEST_NODE; {(A,B),C} => {A,C}",
        "OLDEST_NODE; {(A,B),(A,C),D} => {A,D}",
        "CONFIGURED_MASTER; {A,B} | {C} => {C}",
        "CONFIGURED_MASTER; {A,(B,C)} => {A,C}",
        "CONFIGURED_MASTER; {A,B} | {D} => nobody"
      })
  void everyNodeOfTheGroupNamesTheSameSurvivors(SplitBrainStrategy strategy, String scenario) {
    String[] halves = scenario.split("=>");
    List<Set<NodeId>> groups = Arrays.stream(halves[0].split("\\|")).map(SidesTest::nodes).toList();
    Set<NodeId> all = groups.stream().flatMap(Set::stream).collect(Collectors.toSet());
    Set<Reachability.Link> broken = new HashSet<>();
    for (Set<NodeId> one : groups) {
      for (Set<NodeId> other : groups) {
        if (!one.equals(other)) {
          broken.addAll(between(one, other));
        }
      }
    }
    Matcher pair = Pattern.compile("\\(([A-Z]),([A-Z])\\)").matcher(halves[0]);
    while (pair.find()) {
      broken.addAll(
          between(Set.of(node(pair.group(1).charAt(0))), Set.of(node(pair.group(2).charAt(0)))));
    }
    Set<NodeId> expected = halves[1].strip().equals("nobody") ? Set.of() : nodes(halves[1]);
    Map<NodeId, Set<NodeId>> world = world(all, broken);
    for (Set<NodeId> group : groups) {
      for (NodeId self : group) {
        Finding finding = asked(self, world, strategy);
        if (!expected.isEmpty() && group.containsAll(expected)) {
          assertThat(finding.survivors()).as("asked %s", self).isEqualTo(expected);
        } else {
          // It may take those out of its reach for one group.
          assertThat(finding.survivors()).as("asked %s", self).doesNotContain(self);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void ofEveryCutInTwoNoTwoSidesGoOn(SplitBrainStrategy strategy) {
    for (int size = 2; size <= 7; size++) {
      List<NodeId> all = cluster(size);
      for (int cut = 1; cut < (1 << size) - 1; cut++) {
        Set<NodeId> one = part(all, cut);
        Set<NodeId> other = part(all, ~cut);
        Map<NodeId, Set<NodeId>> world = world(new TreeSet<>(all), between(one, other));
        Set<Set<NodeId>> going = new HashSet<>();
        for (NodeId self : all) {
          Finding finding = asked(self, world, strategy);
          assertThat(finding.kind()).isEqualTo(Kind.CLEAN);
          assertThat(finding.groups()).containsExactlyInAnyOrder(one, other);
          if (finding.survivors().contains(self)) {
            going.add(finding.survivors());
          }
        }
        assertThat(going).as("%s | %s", one, other).hasSizeLessThanOrEqualTo(1);
        if (strategy == SplitBrainStrategy.MAJORITY) {
          assertThat(going).hasSize(1);
        }
      }
    }
  }

  /** The link between each two nodes, cut both ways or one way, in clusters of three to six. */
  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void ofEverySingleBrokenLinkOneEndStandsAsideAndAllAgreeWhich(SplitBrainStrategy strategy) {
    for (int size = 3; size <= 6; size++) {
      List<NodeId> all = cluster(size);
      for (NodeId a : all) {
        for (NodeId b : all) {
          if (a.equals(b)) {
            continue;
          }
          Reachability.Link there = new Reachability.Link(a, b);
          Reachability.Link back = new Reachability.Link(b, a);
          for (Set<Reachability.Link> broken : List.of(Set.of(there), Set.of(there, back))) {
            Map<NodeId, Set<NodeId>> world = world(new TreeSet<>(all), broken);
            Set<Set<NodeId>> answers = new HashSet<>();
            for (NodeId self : all) {
              Finding finding = asked(self, world, strategy);
              assertThat(finding.kind()).isIn(Kind.ONE_WAY, Kind.INDIRECT);
              assertThat(finding.aside()).hasSize(1).isSubsetOf(Set.of(a, b));
              answers.add(finding.survivors());
            }
            assertThat(answers).as("broken %s", broken).hasSize(1);
          }
        }
      }
    }
  }

  /** Any set of broken directions among four nodes. */
  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void whateverIsBrokenTheSurvivorsAreASideAndReachEachOther(SplitBrainStrategy strategy) {
    List<NodeId> all = cluster(4);
    List<Reachability.Link> links = new ArrayList<>();
    for (NodeId a : all) {
      for (NodeId b : all) {
        if (!a.equals(b)) {
          links.add(new Reachability.Link(a, b));
        }
      }
    }
    for (int mask = 0; mask < 1 << links.size(); mask++) {
      Set<Reachability.Link> broken = new HashSet<>();
      for (int i = 0; i < links.size(); i++) {
        if ((mask >> i & 1) == 1) {
          broken.add(links.get(i));
        }
      }
      Map<NodeId, Set<NodeId>> world = world(new TreeSet<>(all), broken);
      for (NodeId self : all) {
        Finding finding = asked(self, world, strategy);
        for (NodeId survivor : finding.survivors()) {
          if (finding.survivors().contains(self)) {
            assertThat(survivor.equals(self) || world.get(self).contains(survivor)).isTrue();
          }
        }
        if (!finding.survivors().isEmpty()) {
          assertThat(new Sides(strategy, MASTER).goesOn(new TreeSet<>(all), finding.survivors()))
              .isTrue();
        }
      }
    }
  }

  @Test
  void aLinkThatWorksOneWayIsNamedByWhoeverHearsBothEnds() {
    Set<Reachability.Link> broken = Set.of(new Reachability.Link(node('B'), node('C')));
    Map<NodeId, Set<NodeId>> world = world(nodes("{A,B,C}"), broken);
    Finding finding = asked(node('A'), world, SplitBrainStrategy.MAJORITY);
    assertThat(finding.kind()).isEqualTo(Kind.ONE_WAY);
    assertThat(finding.oneWay()).containsExactly(new Reachability.Link(node('B'), node('C')));
    assertThat(asked(node('C'), world, SplitBrainStrategy.MAJORITY).kind())
        .as("C can't know what B hears now")
        .isEqualTo(Kind.INDIRECT);
  }

  @Test
  void aWholeClusterIsNoPartition() {
    Finding finding =
        asked(node('A'), world(nodes("{A,B,C}"), Set.of()), SplitBrainStrategy.MAJORITY);
    assertThat(finding.isPartition()).isFalse();
    assertThat(finding.aside()).isEmpty();
  }
}
