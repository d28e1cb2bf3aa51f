package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.membership.Health;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures: lateness, traffic, limits, moves, history. */
class MeasuresTest {

  @Test
  void driftIsTheWorstLatenessSinceItWasTaken() {
    Drift drift = new Drift(100, 0);
    drift.fired(130);
    drift.fired(235);
    assertThat(drift.take(240)).isEqualTo(30);
    assertThat(drift.take(240)).isZero();
  }

  @Test
  void aLoopThatIsStuckIsLateAlready() {
    Drift drift = new Drift(100, 0);
    assertThat(drift.take(90)).isZero();
    assertThat(drift.take(700)).isEqualTo(600);
  }

  private static RequestTotals totals(long answers, long errors, Long... counts) {
    return new RequestTotals(answers, errors, List.of(100L, 1_000L), List.of(counts));
  }

  @Test
  void trafficIsWhatCameBetweenTwoMoments() {
    Traffic traffic =
        Traffic.between(totals(10, 1, 10L, 0L, 0L), totals(30, 3, 20L, 10L, 0L), 2_000_000_000L);
    assertThat(traffic.requestRate()).isEqualTo(10.0);
    assertThat(traffic.errorRate()).isEqualTo(1.0);
    assertThat(traffic.p50Micros()).isEqualTo(100);
    assertThat(traffic.p99Micros()).isEqualTo(982);
  }

  @Test
  void quantilesAreEstimatedWithinTheirClass() {
    List<Long> bounds = List.of(100L, 1_000L);
    assertThat(Traffic.quantile(0.5, bounds, List.of(0L, 0L, 0L))).isZero();
    assertThat(Traffic.quantile(0.5, bounds, List.of(4L, 0L, 0L))).isEqualTo(50);
    assertThat(Traffic.quantile(0.99, bounds, List.of(0L, 0L, 5L))).isEqualTo(1_000);
    assertThat(Traffic.quantile(0.99, List.of(), List.of(5L))).isZero();
  }

  @Test
  void nothingCanBeSaidOfNoTimeOrOtherClasses() {
    RequestTotals some = totals(1, 0, 1L, 0L, 0L);
    assertThat(Traffic.between(some, some, 0)).isEqualTo(Traffic.NONE);
    assertThat(Traffic.between(RequestTotals.NONE, some, 1)).isEqualTo(Traffic.NONE);
    assertThatThrownBy(() -> new RequestTotals(0, 0, List.of(1L), List.of(1L)))
        .hasMessage("counts: 1 (expected: 2)");
  }

  @Test
  void aLimitIsRecentForHalfAMinute() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Counter held = registry.counter("mcp.refused", "limit", "held");
    held.increment();
    Limits limits = new Limits(registry);
    assertThat(limits.recent(0)).isEmpty();
    held.increment();
    registry.counter("mcp.calls.refused").increment();
    assertThat(limits.recent(1)).containsExactlyInAnyOrder("held", "sessions.maxCallsPerNode");
    assertThat(limits.recent(1 + Limits.RECENT_NANOS)).hasSize(2);
    assertThat(limits.recent(2 + Limits.RECENT_NANOS)).isEmpty();
  }

  @Test
  void manyMovesAreOneEventForEachWay() {
    Tally tally = new Tally("n1");
    NodeId n1 = new NodeId("n1", 1);
    NodeId n2 = new NodeId("n2", 1);
    tally.migrated("a", n1, n2);
    tally.migrated("b", n1, n2);
    tally.failedOver("c", n2, n1);
    List<ClusterEvent> events = tally.take(5);
    assertThat(events)
        .extracting(ClusterEvent::message)
        .containsExactly("2 records moved from n1 to n2", "1 record taken over from n2 to n1");
    assertThat(events.get(1).details().getString("session")).isEqualTo("c");
    assertThat(tally.take(6)).isEmpty();
  }

  @Test
  void theOutboxTellsWhatItLeavesOut() {
    List<MonitorProtocol.Happened> sent = new ArrayList<>();
    Outbox outbox = new Outbox("n1", sent::add);
    outbox.flush(0);
    assertThat(sent).isEmpty();
    Tally tally = new Tally("n1");
    for (int i = 0; i < Outbox.MAX + 7; i++) {
      tally.migrated("k", new NodeId("n1", 1), new NodeId("n2", 1));
      tally.take(0).forEach(outbox::add);
    }
    outbox.flush(0);
    List<MonitorProtocol.Happening> happenings = sent.get(0).happenings();
    assertThat(happenings).hasSize(Outbox.MAX + 1);
    ClusterEvent last = Outbox.event("n1", happenings.get(Outbox.MAX));
    assertThat(last.message()).startsWith("7 more events at n1");
    assertThat(Outbox.event("n1", happenings.get(0)).type()).isEqualTo(ClusterEvent.Type.MIGRATION);
  }

  @Test
  void historyKeepsTheLastReadings() {
    History history = new History(2);
    for (int at = 1; at <= 3; at++) {
      history.add(new Sample(at, Health.HEALTHY, 0, 0, 0, 0, 0, 0, 0, 0));
    }
    assertThat(history.list()).extracting(Sample::at).containsExactly(2L, 3L);
  }
}
