package io.mcpnode.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwayTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 2);

  private final Away away = new Away();
  private final Set<NodeId> view = new HashSet<>();
  private final Set<NodeId> settled = new HashSet<>();
  private long now;

  private boolean begins(boolean open) {
    return away.beginsWaiting(view::contains, settled::contains, open, now);
  }

  @Test
  void aNodeThatServedWaitsForNobody() {
    away.add(N1);
    assertThat(begins(true)).isFalse();
    view.add(N1);
    assertThat(begins(true)).isFalse();
    assertThat(away.endsWaiting(now)).isFalse();
    assertThat(away.contains(N1)).as("its records are not here yet").isTrue();
    settled.add(N1);
    assertThat(begins(true)).isFalse();
    assertThat(away.contains(N1)).isFalse();
  }

  @Test
  void oneThatDidNotServeWaitsUntilAllThatCameBackHaveBroughtTheirRecords() {
    away.addAll(List.of(N1, N2));
    assertThat(begins(false)).as("nobody is back").isFalse();
    view.addAll(List.of(N1, N2));
    assertThat(begins(false)).isTrue();
    assertThat(away.endsWaiting(now)).isFalse();
    assertThat(begins(false)).as("it waits already").isFalse();
    settled.add(N1);
    begins(false);
    now += Duration.ofMinutes(1).toNanos();
    assertThat(away.endsWaiting(now)).as("n2 is here, and not settled").isFalse();
    settled.add(N2);
    begins(false);
    assertThat(away.endsWaiting(now)).isTrue();
    assertThat(away.endsWaiting(now)).as("once").isFalse();
  }

  @Test
  void oneThatDoesNotComeBackIsWaitedForEightSeconds() {
    away.addAll(List.of(N1, N2));
    begins(false);
    view.add(N1);
    settled.add(N1);
    assertThat(begins(false)).isTrue();
    now += Duration.ofSeconds(8).toNanos();
    assertThat(away.endsWaiting(now)).isFalse();
    now++;
    assertThat(away.endsWaiting(now)).isTrue();
    assertThat(away.contains(N2)).isTrue();
  }

  @Test
  void oneThatIsProvenDeadIsNotWaitedFor() {
    away.add(N1);
    begins(false);
    away.remove(N1);
    assertThat(begins(false)).isTrue();
    assertThat(away.endsWaiting(now)).isTrue();
  }
}
