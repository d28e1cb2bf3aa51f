package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When an alert holds, and how alerts come and go. */
class AlertsTest {

  private static final Thresholds THRESHOLDS = new Thresholds(3, 1000, 3);
  private static final long NOW = 1_000_000;

  private static AlertRules.Situation situation(
      Map<String, Health> health, List<Roster.Lost> lost, int detections, long missingSince) {
    return new AlertRules.Situation(
        NOW,
        "n1",
        health,
        lost,
        detections > 0 ? "n2 is cut off" : null,
        detections,
        new Replicas(10, missingSince > 0 ? 8 : 10),
        missingSince,
        List.of());
  }

  private static List<String> holding(AlertRules.Situation situation) {
    return AlertRules.holding(situation, THRESHOLDS).stream()
        .map(alert -> alert.type().text() + ": " + alert.message())
        .toList();
  }

  @Test
  void nothingIsAlarmingWhileAllIsWell() {
    Map<String, Health> health = Map.of("n2", Health.HEALTHY, "n3", Health.DEGRADED);
    assertThat(holding(situation(health, List.of(), 0, 0))).isEmpty();
  }

  @Test
  void anUnhealthyNodeIsAnAlert() {
    assertThat(holding(situation(Map.of("n2", Health.UNHEALTHY), List.of(), 0, 0)))
        .containsExactly("node_unhealthy: n2 does not answer");
  }

  @Test
  void aLostNodeIsAnAlertUntilOneOfItsNameIsBack() {
    Member n2 = new Member(new NodeId("n2", 1), "h", 1, "v", 0);
    List<Roster.Lost> lost = List.of(new Roster.Lost(n2, Departure.DIED, 0));
    assertThat(holding(situation(Map.of(), lost, 0, 0)))
        .containsExactly("node_unhealthy: n2 died: its port refuses connections");
    assertThat(holding(situation(Map.of("n2", Health.HEALTHY), lost, 0, 0))).isEmpty();
  }

  @Test
  void aPartitionIsAnAlertAfterSoManyDetectionsInARow() {
    assertThat(holding(situation(Map.of(), List.of(), 2, 0))).isEmpty();
    assertThat(holding(situation(Map.of(), List.of(), 3, 0)))
        .containsExactly("partition: n2 is cut off");
  }

  @Test
  void copiesMayBeMissingForAWhile() {
    long patience = AlertRules.REPLICAS_PATIENCE_MILLIS;
    assertThat(holding(situation(Map.of(), List.of(), 0, NOW - patience + 1))).isEmpty();
    assertThat(holding(situation(Map.of(), List.of(), 0, NOW - patience)))
        .containsExactly("replicas_missing: 8 of 10 copies of what n1 owns exist");
  }

  @Test
  void anAlertIsRaisedOnceAndClearedOnceAndBeganWhenItBegan() {
    AlertBoard board = new AlertBoard();
    Alert first = new Alert(Alert.Type.PARTITION, "n1", "this", 1);
    Alert again = new Alert(Alert.Type.PARTITION, "n1", "that", 2);
    assertThat(board.update(List.of(first), Set.of()).raised()).containsExactly(first);
    AlertBoard.Changes second = board.update(List.of(again), Set.of());
    assertThat(second.raised()).isEmpty();
    assertThat(second.cleared()).isEmpty();
    Alert now = new Alert(Alert.Type.PARTITION, "n1", "that", 1);
    assertThat(board.active()).containsExactly(now);
    assertThat(board.count(Alert.Type.PARTITION)).isEqualTo(1);
    assertThat(board.update(List.of(), Set.of()).cleared()).containsExactly(now);
    assertThat(board.active()).isEmpty();
  }

  @Test
  void anAlertStaysWhileItIsFoundOutHowItsNodeWent() {
    AlertBoard board = new AlertBoard();
    Alert silent = new Alert(Alert.Type.NODE_UNHEALTHY, "n2", "n2 does not answer", 1);
    board.update(List.of(silent), Set.of());
    assertThat(board.update(List.of(), Set.of("n2")).cleared()).isEmpty();
    assertThat(board.active()).containsExactly(silent);
    assertThat(board.update(List.of(), Set.of("n3")).cleared()).containsExactly(silent);
    assertThat(board.update(List.of(), Set.of("n2")).raised()).isEmpty();
    assertThat(board.active()).isEmpty();
  }

  @Test
  void thereIsALimitOnAlerts() {
    List<Alert> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(new Alert(Alert.Type.LIMIT_REACHED, "s" + i, "m", 1));
    }
    AlertBoard board = new AlertBoard();
    assertThat(board.update(many, Set.of()).raised()).hasSize(200);
  }
}
