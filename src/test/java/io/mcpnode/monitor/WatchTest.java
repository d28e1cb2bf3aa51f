package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.SimMembership;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.NodeState;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import java.util.ArrayList;
import java.util.List;
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

  private final SimMembership membership =
      new SimMembership(N1, new View(2, List.of(member(N1), member(N2))), SimMembership.nobody());
  private final List<String> events = new ArrayList<>();
  private final Watch watch =
      new Watch(
          membership,
          new HealthBoard(membership, () -> new Thresholds(3, 1_000, 3)),
          Clock.SYSTEM,
          5,
          event -> events.add(event.type().text() + ": " + event.message()));

  private static Member member(NodeId id) {
    return new Member(id, "127.0.0.1", 1, "0.1.0", 0);
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
