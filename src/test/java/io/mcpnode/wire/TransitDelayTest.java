package io.mcpnode.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransitDelayTest {

  private final TransitDelay delay = new TransitDelay();

  @Test
  void aMessageThatWaitedInABufferIsLateByThatMuch() {
    delay.of(1_000, 501_000);
    assertThat(delay.of(2_000, 502_001)).isEqualTo(1);
    assertThat(delay.of(3_000, 516_000)).isEqualTo(13_000);
  }

  @Test
  void aFasterMessageCorrectsTheDifference() {
    delay.of(1_000, 1_900);
    assertThat(delay.of(2_000, 2_010)).isZero();
    assertThat(delay.of(3_000, 3_900)).isEqualTo(890);
  }

  @Test
  void clocksThatDriftApartMakeNoDelay() {
    long last = 0;
    for (long second = 0; second < 7_200; second++) {
      long drifted = second * 1000 + second / 10; // 100 ppm
      last = delay.of(second * 1000, drifted);
    }
    assertThat(last).isLessThan(30);
  }

  @Test
  void aPauseLongerThanTheWindowIsStillSeen() {
    for (long second = 0; second < 100; second++) {
      delay.of(second * 1000, second * 1000);
    }
    assertThat(delay.of(100_000, 300_000)).isEqualTo(200_000);
    assertThat(delay.of(101_000, 300_001)).isEqualTo(199_001);
  }
}
