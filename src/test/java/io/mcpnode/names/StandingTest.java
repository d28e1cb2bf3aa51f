package io.mcpnode.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {

  private static final long TICK = 500_000_000L;
  private static final long GAP = Standing.LONGEST_GAP.toNanos();

  private final Standing standing = new Standing(0);

  @Test
  void looksInTimeThroughAnOpenGateAreNoInterruption() {
    for (int i = 1; i <= 10; i++) {
      standing.look(true, i * TICK);
    }
    assertThat(standing.interruptions()).isZero();
    assertThat(standing.isUninterruptedSince(0, 10 * TICK + GAP)).isTrue();
  }

  @Test
  void aShutGateIsAnInterruption() {
    standing.look(true, TICK);
    standing.look(false, 2 * TICK);
    standing.look(true, 3 * TICK);
    assertThat(standing.isUninterruptedSince(0, 3 * TICK)).isFalse();
    assertThat(standing.isUninterruptedSince(1, 3 * TICK)).isTrue();
  }

  @Test
  void aPauseIsAnInterruptionFromItsEndOnWhoeverIsFirstToAsk() {
    standing.look(true, TICK);
    long resumed = TICK + GAP + 1;
    assertThat(standing.isUninterruptedSince(0, resumed)).isFalse();
    standing.look(true, resumed);
    assertThat(standing.interruptions()).isEqualTo(1);
    assertThat(standing.isUninterruptedSince(0, resumed)).isFalse();
    assertThat(standing.isUninterruptedSince(1, resumed)).isTrue();
  }

  @Test
  void aShortPauseIsNone() {
    standing.look(true, TICK);
    standing.look(true, TICK + GAP);
    assertThat(standing.isUninterruptedSince(0, TICK + GAP)).isTrue();
  }
}
