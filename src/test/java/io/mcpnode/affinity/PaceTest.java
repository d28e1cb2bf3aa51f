package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void theFirstGoesAtOnceAndEachFurtherOneAfterItsGap() {
    Pace pace = Pace.perSecond(10);
    assertThat(pace.reserve(5)).isZero();
    assertThat(pace.reserve(5)).isEqualTo(SECOND / 10);
    assertThat(pace.reserve(5)).isEqualTo(2 * SECOND / 10);
    assertThat(pace.reserve(5 + SECOND / 10)).isEqualTo(2 * SECOND / 10);
  }

  @Test
  void whatWasNotUsedIsNotMadeUpFor() {
    Pace pace = Pace.perSecond(10);
    pace.reserve(0);
    assertThat(pace.reserve(100 * SECOND)).isZero();
    assertThat(pace.reserve(100 * SECOND)).isEqualTo(SECOND / 10);
  }

  @Test
  void aClockMayBeNegativeAndOverflow() {
    Pace pace = Pace.perSecond(1);
    assertThat(pace.reserve(Long.MAX_VALUE)).isZero();
    assertThat(pace.reserve(Long.MAX_VALUE)).isEqualTo(SECOND);
    assertThat(pace.reserve(Long.MIN_VALUE + 2 * SECOND)).isZero();
    assertThat(Pace.perSecond(1).reserve(-7)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "500,    100,    30, 500", // slow enough
    "500,   7500,    30, 500", // just in half of the time
    "500, 100000,    30, 6666", // faster, or it would not be done
    "1,     3000,     1, 6000",
    "500,      0,    30, 500"
  })
  void aDrainIsAsFastAsItMustBe(int rate, long records, int seconds, long perSecond) {
    Pace pace = Pace.inTime(rate, records, Duration.ofSeconds(seconds));
    pace.reserve(0);
    assertThat(SECOND / pace.reserve(0)).isEqualTo(perSecond);
  }

  @Test
  void withoutTimeThereIsNoGap() {
    Pace pace = Pace.inTime(500, 1_000_000, Duration.ZERO);
    pace.reserve(0);
    assertThat(pace.reserve(0)).isZero();
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> Pace.perSecond(0)).hasMessage("records: 0 (expected: >= 1)");
  }
}
