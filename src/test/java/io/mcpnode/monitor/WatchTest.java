package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.SimMembership;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.NodeState;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one node makes of what it sees of another. */
class WatchTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 1);
  private static final MonitorProtocol.Report REPORT =
      new MonitorProtocol.Report(
          2,
          3,
          400,
          1_000,
          4_000,
          12,
          24,
          23,
          List.of(N1),
          10,
          0.5,
          700,
          9_000,
          new MonitorProtocol.Setting(0, "n2", 3, 1_000, 3));

  /** Stands until the test lets time pass. */
  private static final class TestClock implements Clock {
    private long nanos = 1;

    void pass(Duration time) {
      nanos += time.toNanos();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public long millis() {
      return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
  }

  private final TestClock clock = new TestClock();
  private final SimMembership membership =
      new SimMembership(N1, new View(2, List.of(member(N1), member(N2))), SimMembership.nobody());
  private final List<String> events = new ArrayList<>();
  private final Watch watch =
      new Watch(
          membership,
          new HealthBoard(membership, () -> new Thresholds(3, 1_000, 3)),
          clock,
          5,
          event -> events.add(event.type().text() + ": " + event.message()));

  private static Member member(NodeId id) {
    return new Member(id, "127.0.0.1", 1, "0.1.0", 0);
  }

  @Test
  void theRoundTripIsThatOfTheLastHeartbeat() {
    membership.answersWithin(N2, 321);
    assertThat(watch.of(N2, false).rttMicros()).isEqualTo(321);
    assertThat(watch.of(N1, false).rttMicros()).isZero();
  }

  @Test
  void ofALostNodeTheLastReadingIsKeptWithItsAge() {
    watch.reported(N2, REPORT);
    watch.look();
    membership.gone(N2, Departure.DIED);
    clock.pass(Duration.ofMillis(300));
    assertLost(watch.ofPending(N2), 300);
    watch.gone(member(N2), Departure.DIED);
    clock.pass(Duration.ofMillis(200));
    ClusterMonitor.NodeHealth lost = Objects.requireNonNull(watch.of("n2", true));
    assertLost(lost, 500);
    assertThat(lost.reason()).startsWith("died");
    assertThat(lost.history()).extracting(Sample::memoryUsed).containsExactly(1_000L);
  }

  private static void assertLost(ClusterMonitor.NodeHealth node, long ageMillis) {
    assertThat(node.isUp()).isFalse();
    assertThat(node.state()).isEqualTo("quarantined");
    assertThat(node.ageMillis()).isEqualTo(ageMillis);
    ClusterMonitor.Reading reading = Objects.requireNonNull(node.reading());
    assertThat(reading.calls() + reading.requests()).isEqualTo(5);
    assertThat(reading.lagMicros()).isEqualTo(400);
    assertThat(reading.memoryMax()).isEqualTo(4_000);
    assertThat(reading.sessions()).as("what it owned is elsewhere").isZero();
    assertThat(reading.reaches()).isEmpty();
  }

  @Test
  void ofALostNodeThatNeverToldAnythingNothingIsKnown() {
    membership.gone(N2, Departure.UNREACHABLE);
    watch.gone(member(N2), Departure.UNREACHABLE);
    ClusterMonitor.NodeHealth lost = Objects.requireNonNull(watch.of("n2", true));
    assertThat(lost.reading()).isNull();
    assertThat(lost.ageMillis()).isEqualTo(-1);
  }

  @Test
  void aNodeThatIsBackHasItsHistoryAndNoReadingYet() {
    watch.reported(N2, REPORT);
    watch.look();
    watch.gone(member(N2), Departure.DIED);
    watch.joined(member(N2));
    ClusterMonitor.NodeHealth back = Objects.requireNonNull(watch.of("n2", true));
    assertThat(back.isUp()).isTrue();
    assertThat(back.reading()).isNull();
    assertThat(back.history()).hasSize(1);
  }

  @Test
  void aStateThatOperatorsReadTheSameIsNoChange() {
    watch.reported(N2, REPORT);
    membership.says(N2, NodeState.MERGING);
    watch.look();
    membership.says(N2, NodeState.QUARANTINED);
    watch.look();
    membership.says(N2, NodeState.MERGING);
    watch.look();
    membership.says(N2, NodeState.SERVING);
    watch.look();
    assertThat(events)
        .containsExactly(
            "state: n2 is quarantined, was serving", "state: n2 is serving, was quarantined");
  }
}
