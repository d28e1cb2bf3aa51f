package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes are letters; A is the oldest, then B. Each side is asked alone. */
class SidesTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "MAJORITY; {A} => {A}",
        "MAJORITY; {A} | {B} => {A}",
        "MAJORITY; {B} | {A} => {A}",
        "MAJORITY; {A,B} | {C} => {A,B}",
        "MAJORITY; {A} | {B,C} => {B,C}",
        "MAJORITY; {A,B} | {C,D,E} => {C,D,E}",
        "MAJORITY; {A,D} | {B,C} => {A,D}",
        "MAJORITY; {A} | {B} | {C} => nobody",
        "MAJORITY; {A,B} | {C,D} | {E} => nobody",
        "OLDEST_NODE; {A} | {B,C} => {A}",
        "OLDEST_NODE; {B,C,D} | {A,E} => {A,E}",
        "CONFIGURED_MASTER; {A,B} | {C} => {C}",
        "CONFIGURED_MASTER; {A,B} | {D} => nobody"
      })
  void theSideThatGoesOn(SplitBrainStrategy strategy, String scenario) {
    String[] halves = scenario.split("=>");
    List<Set<NodeId>> sides = Arrays.stream(halves[0].split("\\|")).map(SidesTest::nodes).toList();
    Set<NodeId> all = new TreeSet<>();
    sides.forEach(all::addAll);
    List<Set<NodeId>> going =
        sides.stream().filter(side -> new Sides(strategy, "C").goesOn(all, side)).toList();
    assertThat(going)
        .isEqualTo(halves[1].strip().equals("nobody") ? List.of() : List.of(nodes(halves[1])));
  }

  @ParameterizedTest
  @EnumSource(SplitBrainStrategy.class)
  void ofEveryCutInTwoAtMostOneSideGoesOn(SplitBrainStrategy strategy) {
    for (int size = 1; size <= 7; size++) {
      List<NodeId> all = cluster(size);
      for (int cut = 0; cut < 1 << size; cut++) {
        Set<NodeId> one = part(all, cut);
        Set<NodeId> other = part(all, ~cut);
        Sides sides = new Sides(strategy, "C");
        boolean both =
            sides.goesOn(new TreeSet<>(all), one) && sides.goesOn(new TreeSet<>(all), other);
        assertThat(both).as("%s | %s", one, other).isFalse();
      }
    }
  }

  @Test
  void ofEveryCutInTwoExactlyOneSideIsTheMajority() {
    Sides sides = new Sides(SplitBrainStrategy.MAJORITY, "");
    for (int size = 1; size <= 7; size++) {
      Set<NodeId> all = new TreeSet<>(cluster(size));
      for (int cut = 0; cut < 1 << size; cut++) {
        Set<NodeId> one = part(cluster(size), cut);
        Set<NodeId> other = part(cluster(size), ~cut);
        assertThat(sides.goesOn(all, one)).isNotEqualTo(sides.goesOn(all, other));
      }
    }
  }

  static List<NodeId> cluster(int size) {
    List<NodeId> all = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      all.add(node((char) ('A' + i)));
    }
    return all;
  }

  static Set<NodeId> part(List<NodeId> all, int mask) {
    Set<NodeId> part = new TreeSet<>();
    for (int i = 0; i < all.size(); i++) {
      if ((mask >> i & 1) == 1) {
        part.add(all.get(i));
      }
    }
    return part;
  }

  /** Reads {@code {A,B}}. */
  static Set<NodeId> nodes(String text) {
    return text.chars()
        .filter(Character::isUpperCase)
        .mapToObj(letter -> node((char) letter))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static NodeId node(char letter) {
    return new NodeId(String.valueOf(letter), letter);
  }
}
