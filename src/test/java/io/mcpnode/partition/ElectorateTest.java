package io.mcpnode.partition;

import static io.mcpnode.partition.SidesTest.cluster;
import static io.mcpnode.partition.SidesTest.node;
import static io.mcpnode.partition.SidesTest.nodes;
import static io.mcpnode.partition.SidesTest.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElectorateTest {

  private static final Sides MAJORITY = new Sides(SplitBrainStrategy.MAJORITY, "");

  private static Electorate of(String nodes) {
    return new Electorate(nodes(nodes), Set.of(), Set.of());
  }

  @Test
  void whoIsUnreachableStillCounts() {
    assertThat(of("{A,B,C}").goesOn(nodes("{B}"), MAJORITY)).isFalse();
  }

  @Test
  void whoIsProvenDeadDoesNotCount() {
    Electorate survivor = of("{A,B}").without(node('A'));
    assertThat(survivor.goesOn(nodes("{B}"), MAJORITY)).isTrue();
  }

  @Test
  void aSideThatIsShutDoesNotWinByTakingInNewNodes() {
    // {D,E} of five take in F, G and H.
    Electorate minority = of("{A,B,C,D,E}");
    for (NodeId joined : nodes("{F,G,H}")) {
      minority = minority.joined(joined);
    }
    Map<NodeId, Set<NodeId>> known = new HashMap<>();
    for (NodeId here : nodes("{D,E,F,G,H}")) {
      known.put(here, minority.all());
    }
    minority = minority.commit(known, MAJORITY);
    assertThat(minority.goesOn(nodes("{D,E,F,G,H}"), MAJORITY)).isFalse();
  }

  @Test
  void aNewNodeCountsOnceAQuorumKnowsOfIt() {
    Electorate three = of("{A,B,C}").joined(node('D'));
    assertThat(three.commit(Map.of(node('A'), three.all()), MAJORITY).committed())
        .isEqualTo(nodes("{A,B,C}"));
    assertThat(
            three
                .commit(Map.of(node('A'), three.all(), node('B'), three.all()), MAJORITY)
                .committed())
        .isEqualTo(nodes("{A,B,C,D}"));
  }

  @Test
  void aConfiguredMasterThatJoinsLaterIsLetIn() {
    Sides master = new Sides(SplitBrainStrategy.CONFIGURED_MASTER, "C");
    Electorate founder = Electorate.founder(node('A'));
    assertThat(founder.goesOn(nodes("{A}"), master)).isFalse();
    Electorate both = founder.joined(node('C'));
    assertThat(both.goesOn(nodes("{A}"), master)).isFalse();
    assertThat(both.goesOn(nodes("{A,C}"), master)).isTrue();
    assertThat(
            both.commit(Map.of(node('A'), both.all(), node('C'), both.all()), master).committed())
        .isEqualTo(nodes("{A,C}"));
  }

  @Test
  void aRestartedNodeTakesThePlaceOfItsFormerIncarnation() {
    NodeId again = new NodeId("B", 500);
    assertThat(of("{A,B}").joined(again).all()).containsExactlyInAnyOrder(node('A'), again);
  }

  @Test
  void aNodeThatMergedBackIsNotForgottenAgainByOldNews() {
    Electorate back = of("{A,B}").without(node('B')).joined(node('B'));
    Electorate oldNews = of("{A}").without(node('B'));
    assertThat(back.learned(oldNews, nodes("{A,B}")::contains).all()).isEqualTo(nodes("{A,B}"));
  }

  @Test
  void aJoinerTakesOverWhatMembersKnow() {
    Electorate joiner = Electorate.joiner(nodes("{A,F}"));
    assertThat(joiner.goesOn(nodes("{A,F}"), MAJORITY)).isFalse();
    Electorate told = joiner.learned(of("{A,B,C}"), nodes("{A,F}")::contains);
    assertThat(told.committed()).isEqualTo(nodes("{A,B,C}"));
    assertThat(told.goesOn(nodes("{A,F}"), MAJORITY)).isFalse();
    assertThat(told.goesOn(nodes("{A,B,C,F}"), MAJORITY)).isTrue();
  }

  @Test
  void twoClustersThatMeetBecomeOne() {
    Electorate left = of("{A,B}");
    Electorate right = of("{C}");
    left = left.learned(right.joined(node('A')), id -> true);
    right = right.learned(left, id -> true);
    assertThat(left.all()).isEqualTo(right.all()).isEqualTo(nodes("{A,B,C}"));
  }

  /**
   * Nodes join, die, are cut off and meet again at random; whoever can talk tells what it knows. At
   * no moment do two sides go on. The strategy that names a master is tried with one that dies.
   */
  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void atNoMomentTwoSidesGoOn(SplitBrainStrategy strategy) {
    Sides sides = new Sides(strategy, "C");
    int moments = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      Map<NodeId, Electorate> world = new TreeMap<>();
      List<NodeId> all = cluster(3 + random.nextInt(3));
      all.forEach(id -> world.put(id, new Electorate(Set.copyOf(all), Set.of(), Set.of())));
      int born = 'A' + all.size();
      List<Set<NodeId>> groups = new ArrayList<>(List.of(new TreeSet<>(all)));
      for (int step = 0; step < 25; step++) {
        switch (random.nextInt(4)) {
          case 0 -> { // a cut, anywhere
            List<NodeId> living = List.copyOf(world.keySet());
            int mask = random.nextInt(1 << living.size());
            groups = new ArrayList<>(List.of(part(living, mask), part(living, ~mask)));
            groups.removeIf(Set::isEmpty);
          }
          case 1 -> { // one more node, on one side
            Set<NodeId> group = groups.get(random.nextInt(groups.size()));
            NodeId born1 = new NodeId("n" + born, born++);
            group.add(born1);
            world.put(born1, Electorate.joiner(group));
            group.forEach(id -> world.computeIfPresent(id, (i, e) -> e.joined(born1)));
          }
          case 2 -> { // a death that its own side can prove
            Set<NodeId> group = groups.get(random.nextInt(groups.size()));
            if (world.size() > 2 && group.size() > 1) {
              NodeId dead = List.copyOf(group).get(random.nextInt(group.size()));
              group.remove(dead);
              world.remove(dead);
              group.forEach(id -> world.computeIfPresent(id, (i, e) -> e.without(dead)));
            }
          }
          default -> talk(world, groups, random, sides);
        }
        moments += expectAtMostOneSide(world, groups, sides, seed);
        if (world.size() > 10) {
          break;
        }
      }
    }
    assertThat(moments).as("moments at which a side went on").isGreaterThan(1000);
  }

  /** Some pairs that can talk, one way each. */
  private static void talk(
      Map<NodeId, Electorate> world, List<Set<NodeId>> groups, Random random, Sides sides) {
    for (Set<NodeId> group : groups) {
      for (NodeId to : group) {
        Map<NodeId, Set<NodeId>> known = new HashMap<>();
        for (NodeId from : group) {
          if (!from.equals(to) && random.nextInt(3) > 0) {
            Electorate other = world.get(from);
            world.computeIfPresent(to, (id, mine) -> mine.learned(other, group::contains));
            if (world.get(to).all().equals(other.all())) {
              known.put(from, other.all());
            }
          }
        }
        known.put(to, world.get(to).all());
        world.computeIfPresent(to, (id, mine) -> mine.commit(known, sides));
      }
    }
  }

  /** A node goes on with those of its group that count the same nodes as it does. */
  private static int expectAtMostOneSide(
      Map<NodeId, Electorate> world, List<Set<NodeId>> groups, Sides sides, int seed) {
    int going = 0;
    for (Set<NodeId> group : groups) {
      boolean goes = false;
      for (NodeId asking : group) {
        Electorate mine = world.get(asking);
        Set<NodeId> agreeing = new TreeSet<>(group);
        agreeing.removeIf(id -> !world.get(id).all().equals(mine.all()));
        goes |= mine.goesOn(agreeing, sides);
      }
      going += goes ? 1 : 0;
    }
    if (going > 1) {
      throw new AssertionError("seed " + seed + ": " + world + " in " + groups);
    }
    return going;
  }
}
