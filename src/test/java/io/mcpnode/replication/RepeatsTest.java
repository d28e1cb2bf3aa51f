package io.mcpnode.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {

  private static List<Long> timesMillis(long start, long lookMillis, long untilMillis) {
    Repeats repeats = new Repeats(start);
    List<Long> times = new ArrayList<>();
    for (long millis = 0; millis <= untilMillis; millis += lookMillis) {
      if (repeats.isDue(start + millis * 1_000_000)) {
        times.add(millis);
      }
    }
    return times;
  }

  @Test
  void thePauseDoubles() {
    assertThat(timesMillis(0, 1, 6_000)).containsExactly(250L, 750L, 1_750L, 3_750L);
  }

  @Test
  void aLateLookMovesWhatFollows() {
    assertThat(timesMillis(0, 1_000, 6_000)).containsExactly(1_000L, 2_000L, 3_000L, 5_000L);
  }

  @Test
  void theClockMayOverflow() {
    assertThat(timesMillis(Long.MAX_VALUE - 10, 1, 1_000)).containsExactly(250L, 750L);
  }
}
