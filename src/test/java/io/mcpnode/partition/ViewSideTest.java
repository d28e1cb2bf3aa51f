package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.View;
import io.mcpnode.wire.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewSideTest {

  private final Set<NodeId> left = new HashSet<>();
  private final ViewSide side =
      new ViewSide(new Sides(SplitBrainStrategy.MAJORITY, ""), left::contains);

  private static NodeId id(int number) {
    return new NodeId("n" + number, number);
  }

  private static View view(int... numbers) {
    List<Member> members =
        IntStream.of(numbers).mapToObj(it -> new Member(id(it), "h", it, "1", 0)).toList();
    return new View(numbers.length, members);
  }

  private static Electorate counting(int... numbers) {
    return new Electorate(Set.copyOf(view(numbers).ids()), Set.of(), Set.of());
  }

  @Test
  void copiesAmongAMinorityAreWorthNothing() {
    Electorate five = counting(1, 2, 3, 4, 5);
    assertThat(side.goesOn(view(1, 2, 3, 4, 5), five)).isTrue();
    assertThat(side.goesOn(view(1, 3, 5), five)).isTrue();
    assertThat(side.goesOn(view(4), five)).isFalse();
    assertThat(side.goesOn(view(1, 2), five)).isFalse();
  }

  @Test
  void ofTwoHalvesTheOneWithTheOldestGoesOn() {
    Electorate two = counting(1, 2);
    assertThat(side.goesOn(view(1), two)).isTrue();
    assertThat(side.goesOn(view(2), two)).isFalse();
  }

  @Test
  void whoSaidGoodbyeIsOnNoOtherSide() {
    left.add(id(1));
    assertThat(side.goesOn(view(2), counting(1, 2))).isTrue();
  }

  @Test
  void whoIsGoneForCertainDoesNotCountAnyMore() {
    View alone = view(2);
    Electorate two = counting(1, 2);
    assertThat(side.goesOn(alone, two)).isFalse();
    assertThat(side.goesOn(alone, two.without(id(1)))).isTrue();
    assertThat(side.goesOn(alone, two)).isFalse();
  }
}
