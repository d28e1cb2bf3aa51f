package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightTest {

  private static final NodeId N4 = new NodeId("n4", 4);
  private static final NodeId N5 = new NodeId("n5", 5);
  private static final Set<NodeId> NOBODY = Set.of();

  private final Sight sight = new Sight(2);
  private final Set<NodeId> view = new HashSet<>();
  private long now;

  private void look(NodeId... hidden) {
    sight.look(Set.of(hidden), view::contains, now);
  }

  @Test
  void oneOfTwoCopiesIsHereWhileOneNodeIsHidden() {
    assertThat(sight.isWhole(Set.of(N4))).isTrue();
    assertThat(sight.isWhole(Set.of(N4, N5))).isFalse();
  }

  @Test
  void whatTheOneHadACopyOfComesWithTheOther() {
    look(N4, N5);
    view.addAll(Set.of(N4, N5));
    look(N5);
    assertThat(sight.isWhole(Set.of(N5))).as("n5 has not brought its records").isFalse();
    now += Duration.ofMinutes(1).toNanos();
    look(N5);
    assertThat(sight.isWhole(Set.of(N5))).as("it is back, so it will").isFalse();
    look();
    assertThat(sight.isWhole(NOBODY)).isTrue();
  }

  @Test
  void oneThatDoesNotComeBackIsWaitedForEightSeconds() {
    look(N4, N5);
    view.add(N4);
    look(N5);
    now += Duration.ofSeconds(8).toNanos();
    look(N5);
    assertThat(sight.isWhole(Set.of(N5))).isFalse();
    now++;
    look(N5);
    assertThat(sight.isWhole(Set.of(N5))).isTrue();
  }

  @Test
  void theWaitBeginsAnewWithTheNextSeparation() {
    look(N4, N5);
    view.addAll(Set.of(N4, N5));
    look();
    now += Duration.ofHours(1).toNanos();
    view.clear();
    look(N4, N5);
    view.add(N4);
    look(N5);
    assertThat(sight.isWhole(Set.of(N5))).isFalse();
  }

  @Test
  void whatIsFoundIsCurrentUnlessCopiesWereMovingAndAllMayBeHidden() {
    look(N4, N5);
    assertThat(sight.isCurrent(Set.of(N4, N5))).as("all knew where they are").isTrue();
    sight.unsure(N5);
    assertThat(sight.isCurrent(Set.of(N4, N5))).isFalse();
    sight.ended(N4);
    assertThat(sight.isCurrent(Set.of(N5))).as("the other copy is here").isTrue();
  }

  @Test
  void whatIsNotFoundMayExistIfCopiesWereMoving() {
    look(N5);
    assertThat(sight.isComplete(Set.of(N5))).isTrue();
    assertThat(sight.isComplete(Set.of(N4, N5))).isFalse();
    sight.unsure(N5);
    assertThat(sight.isComplete(Set.of(N5))).isFalse();
    sight.ended(N5);
    assertThat(sight.isComplete(NOBODY)).isTrue();
  }

  @Test
  void aDoubtEndsWhenAllAreBack() {
    sight.unsure(N4);
    sight.unsure(N5);
    look(N4, N5);
    view.addAll(Set.of(N4, N5));
    look(N5);
    assertThat(sight.isCurrent(Set.of(N5))).isFalse();
    look();
    look(N4, N5);
    assertThat(sight.isCurrent(Set.of(N4, N5))).isTrue();
  }

  @Test
  void aDoubtCountsFromTheMomentItIsKnown() {
    sight.unsure(N4);
    assertThat(sight.isCurrent(Set.of(N5))).isFalse();
  }
}
