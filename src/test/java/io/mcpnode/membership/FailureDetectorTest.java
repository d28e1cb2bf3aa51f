package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailureDetectorTest {

  private static final NodeId N2 = new NodeId("n2", 1);

  private final FailureDetector detector =
      new FailureDetector(Duration.ofMillis(1200), Duration.ofSeconds(1));

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static MembershipProtocol.Beat beat(long echo, long held) {
    return new MembershipProtocol.Beat(1, echo, held, 7, NodeState.DRAINING, 4, 0, List.of());
  }

  @Test
  void aMemberIsSuspectAfterTheSuspicionTime() {
    detector.joined(N2, 1, 0);
    assertThat(detector.isSuspect(N2, millis(1200))).isFalse();
    assertThat(detector.isSuspect(N2, millis(1201))).isTrue();
    detector.heard(N2, beat(0, 0), true, millis(1300));
    assertThat(detector.isSuspect(N2, millis(2000))).isFalse();
  }

  @Test
  void aPingIsMissedWithEachIntervalWithoutABeat() {
    detector.joined(N2, 1, 0);
    detector.heard(N2, beat(0, 0), true, 0);
    assertThat(detector.missed(N2, millis(999))).isEqualTo(0);
    assertThat(detector.missed(N2, millis(1000))).isEqualTo(1);
    assertThat(detector.missed(N2, millis(2999))).isEqualTo(2);
    assertThat(detector.missed(N2, millis(3000))).isEqualTo(3);
  }

  @Test
  void aNewMemberHasTimeToBeHeardFirst() {
    detector.joined(N2, 1, 0);
    long joining = FailureDetector.JOINING.toNanos();
    assertThat(detector.missed(N2, joining + millis(999))).isEqualTo(0);
    assertThat(detector.missed(N2, joining + millis(1000))).isEqualTo(1);
  }

  @Test
  void theRoundTripLeavesOutWhatThePeerHeldBack() {
    detector.joined(N2, 1, 0);
    detector.heard(N2, beat(millis(100), millis(250)), true, millis(352));
    assertThat(detector.pulse(N2).rttMicros()).isEqualTo(2000);
    assertThat(detector.pulse(N2).load()).isEqualTo(7);
  }

  @Test
  void aNodeThatIsNoMemberIsSuspectWhateverItSays() {
    detector.heard(N2, beat(0, 0), true, 0);
    assertThat(detector.isSuspect(N2, 1)).isTrue();
    assertThat(detector.missed(N2, 1)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aMemberHasSettledOnceItAnswersABeatThatItGotSinceItJoined() {
    detector.joined(N2, 1, 1000);
    detector.heard(N2, merged(999, NodeState.SERVING), true, 1001);
    assertThat(detector.pulse(N2).settled()).as("said before, delivered late").isFalse();
    detector.heard(N2, merged(1002, NodeState.MERGING), true, 1003);
    assertThat(detector.pulse(N2).settled()).as("not all its records are here").isFalse();
    detector.heard(N2, merged(1004, NodeState.QUARANTINED), true, 1005);
    assertThat(detector.pulse(N2).settled()).isTrue();
  }

  @Test
  void whatAMemberSaysInAViewIsNotHeldAgainstWhoJoinedLater() {
    NodeId n3 = new NodeId("n3", 1);
    detector.joined(N2, 1, 0);
    detector.heard(N2, said(1), true, 1);
    detector.joined(n3, 2, 2);
    assertThat(detector.reports()).isEqualTo(Map.of(N2, List.of(n3)));
    detector.heard(N2, said(2), true, 3);
    assertThat(detector.reports()).isEqualTo(Map.of(N2, List.of()));
  }

  private static MembershipProtocol.Beat said(long view) {
    return new MembershipProtocol.Beat(1, 0, 0, 0, NodeState.SERVING, view, 0, List.of());
  }

  private static MembershipProtocol.Beat merged(long echo, NodeState state) {
    return new MembershipProtocol.Beat(1, echo, 0, 0, state, 1, 0, List.of());
  }
}
