package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is taken for a partition, and what is not. */
class PartitionSenseTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 1);
  private static final NodeId N3 = new NodeId("n3", 1);
  private static final QuorumGate SHUT =
      new QuorumGate() {
        @Override
        public boolean isOpen() {
          return false;
        }

        @Override
        public String reason() {
          return "no quorum";
        }
      };

  private static Roster.Lost lost(NodeId node, Departure how) {
    return new Roster.Lost(new Member(node, "h", 1, "v", 0), how, 0);
  }

  @Test
  void onlyAnUnreachableNodeMakesAPartition() {
    assertThat(
            KnownPartition.detected(
                QuorumGate.OPEN, false, List.of(lost(N2, Departure.DIED)), null))
        .isNull();
    assertThat(
            KnownPartition.detected(
                QuorumGate.OPEN, false, List.of(lost(N2, Departure.UNREACHABLE)), null))
        .isEqualTo("not reachable, and not proven dead: n2");
  }

  @Test
  void aShutGateIsOneUnlessThisNodeLeaves() {
    assertThat(KnownPartition.detected(SHUT, false, List.of(), null)).contains("no quorum");
    assertThat(KnownPartition.detected(SHUT, true, List.of(), null)).isNull();
  }

  @Test
  void whoDoesNotHearWhomIsNamed() {
    Map<NodeId, Set<NodeId>> told = new LinkedHashMap<>();
    told.put(N1, Set.of(N2, N3));
    told.put(N2, Set.of(N1));
    told.put(N3, Set.of(N1));
    assertThat(Reachability.gaps(told, Set.of(N1, N2, N3)))
        .isEqualTo("n2 does not hear n3; n3 does not hear n2");
    told.put(N2, Set.of(N1, N3));
    assertThat(Reachability.gaps(told, Set.of(N1, N2, N3))).isEqualTo("n3 does not hear n2");
    told.put(N3, Set.of(N1, N2));
    assertThat(Reachability.gaps(told, Set.of(N1, N2, N3))).isNull();
  }

  @Test
  void whoHasJustJoinedNeedNotBeHeardYet() {
    Map<NodeId, Set<NodeId>> told = Map.of(N1, Set.of(N2), N2, Set.of(N1), N3, Set.of());
    assertThat(Reachability.gaps(told, Set.of(N1, N2))).isNull();
  }

  @Test
  void anySenseMayFindSomething() {
    PartitionSense nothing = () -> null;
    assertThat(PartitionSense.any(List.of(nothing, nothing)).detected()).isNull();
    assertThat(PartitionSense.any(List.of(nothing, () -> "a", () -> "b")).detected())
        .isEqualTo("a; b");
  }

  @Test
  void aStreakEndsWithTheFirstTimeThatNothingIsFound() {
    Streak streak = new Streak();
    streak.observe("a");
    streak.observe("b");
    assertThat(streak.count()).isEqualTo(2);
    assertThat(streak.what()).isEqualTo("b");
    streak.observe(null);
    assertThat(streak.count()).isZero();
    assertThat(streak.what()).isNull();
  }

  @Test
  void theRosterForgetsWhoLeftWhoIsBackAndWhoIsLongGone() {
    Roster roster = new Roster();
    Member n2 = new Member(N2, "h", 1, "v", 0);
    Member n3 = new Member(N3, "h", 1, "v", 0);
    roster.gone(n2, Departure.LEFT, 0);
    assertThat(roster.lost(0)).isEmpty();
    roster.gone(n2, Departure.UNREACHABLE, 0);
    roster.gone(n3, Departure.UNREACHABLE, 10);
    roster.provenDead(n2);
    assertThat(roster.lost(10))
        .extracting(Roster.Lost::how)
        .containsExactly(Departure.DIED, Departure.UNREACHABLE);
    assertThat(roster.lost(Roster.REMEMBERED_MILLIS + 5))
        .extracting(Roster.Lost::name)
        .containsExactly("n3");
    roster.joined(new Member(new NodeId("n3", 2), "h", 1, "v", 0));
    assertThat(roster.lost(10)).isEmpty();
  }
}
