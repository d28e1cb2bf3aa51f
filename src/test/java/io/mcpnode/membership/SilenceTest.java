package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final NodeId N2 = new NodeId("n2", 1);
  private static final NodeId N3 = new NodeId("n3", 1);

  private final Silence silence = new Silence();
  private final Map<NodeId, Long> beats = new HashMap<>(Map.of(N2, 1L, N3, 1L));

  private Set<NodeId> look() {
    return silence.look(Map.copyOf(beats));
  }

  private void beat(NodeId node) {
    beats.merge(node, 1L, Long::sum);
  }

  /** Looks that often at whoever beats, and nobody must be given up. */
  private void looks(int times, NodeId... beating) {
    for (int i = 0; i < times; i++) {
      for (NodeId node : beating) {
        beat(node);
      }
      assertThat(look()).as("look %d", i).isEmpty();
    }
  }

  @Test
  void whoIsSilentForSixteenLooksIsGivenUp() {
    looks(16, N3);
    beat(N3);
    assertThat(look()).containsExactly(N2);
  }

  @Test
  void untilItIsRemovedItIsGivenUpAgain() {
    looks(16);
    assertThat(look()).containsExactlyInAnyOrder(N2, N3);
    assertThat(look()).containsExactlyInAnyOrder(N2, N3);
    beats.remove(N2);
    assertThat(look()).containsExactly(N3);
  }

  @Test
  void oneBeatEndsASilence() {
    looks(16, N3);
    beat(N2);
    looks(16, N3);
  }

  @Test
  void whoFellSilentALittleLaterIsWaitedFor() {
    looks(2, N3);
    looks(15);
    assertThat(look()).containsExactlyInAnyOrder(N2, N3);
  }

  @Test
  void whoMissesALookOrTwoIsNot() {
    looks(15, N3);
    looks(1);
    assertThat(look()).containsExactly(N2);
  }

  @Test
  void whoWasNotHeardYetIsNotSilent() {
    beats.remove(N2);
    looks(100, N3);
  }

  /** Two looks with a long time between them are two looks. */
  @Test
  void aPauseOfThisNodeIsNoSilenceOfTheOthers() {
    looks(15);
    beat(N2);
    beat(N3);
    looks(15);
  }
}
