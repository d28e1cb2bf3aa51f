package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HandedOverTest {

  private final HandedOver handedOver = new HandedOver(0);

  @Test
  void whatWasReadBeforeTheHandOverIsPast() {
    handedOver.note("S1", 3, 0);
    assertThat(handedOver.isPast("S1", 2)).isTrue();
    assertThat(handedOver.isPast("S1", 3)).isFalse();
    assertThat(handedOver.isPast("S1", 4)).isFalse();
    assertThat(handedOver.isPast("S2", 1)).isFalse();
  }

  @Test
  void theLatestHandOverCounts() {
    handedOver.note("S1", 5, 0);
    handedOver.note("S1", 3, 1);
    assertThat(handedOver.isPast("S1", 4)).isTrue();
  }

  @Test
  void anEntryIsKeptAsLongAsAReadMayTake() {
    handedOver.note("S1", 2, 5_000);
    handedOver.forgetOld(HandedOver.KEPT_MILLIS + 1);
    assertThat(handedOver.isPast("S1", 1)).isTrue();
    handedOver.forgetOld(5_000 + HandedOver.KEPT_MILLIS);
    assertThat(handedOver.isPast("S1", 1)).isTrue();
  }

  @Test
  void inTheEndItIsForgotten() {
    handedOver.note("S1", 2, 0);
    handedOver.forgetOld(HandedOver.KEPT_MILLIS + 1);
    handedOver.forgetOld(2 * HandedOver.KEPT_MILLIS + 2);
    assertThat(handedOver.size()).isZero();
    assertThat(handedOver.isPast("S1", 1)).isFalse();
  }
}
