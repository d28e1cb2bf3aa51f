package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

  private static final long SECOND = 1_000_000_000L;

  /** A monotonic clock may begin anywhere. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5 * SECOND, 1L << 60, -7 * SECOND, -(1L << 60)})
  void soManyASecondAndAsManyInTheNext(long start) {
    RateLimit limit = new RateLimit(3);
    for (long second = 0; second < 4; second++) {
      int taken = 0;
      for (int i = 0; i < 10; i++) {
        taken += limit.take(start + second * SECOND) ? 1 : 0;
      }
      assertThat(taken).isEqualTo(3);
    }
  }

  @Test
  void aLongPauseSavesNothingUp() {
    RateLimit limit = new RateLimit(1);
    assertThat(limit.take(SECOND)).isTrue();
    assertThat(limit.take(100 * SECOND)).isTrue();
    assertThat(limit.take(100 * SECOND)).isFalse();
  }
}
