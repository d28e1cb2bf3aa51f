package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0, HEALTHY",
    "0, 10, HEALTHY",
    "0, 11, DEGRADED",
    "1, 0, DEGRADED",
    "2, 0, DEGRADED",
    "2, 11, DEGRADED",
    "3, 0, UNHEALTHY",
    "3, 11, UNHEALTHY",
    "2147483647, 0, UNHEALTHY"
  })
  void followsPingsAndWork(int missed, long work, Health health) {
    assertThat(Health.of(missed, work, new Thresholds(3, 10, 3))).isEqualTo(health);
  }

  /** More missed pings or more work never make a node healthier, whatever the thresholds. */
  @Test
  void neverImprovesWithMissedPingsOrWork() {
    for (int failed = 1; failed <= 5; failed++) {
      for (int most = 1; most <= 4; most++) {
        Thresholds thresholds = new Thresholds(failed, most, 1);
        for (int missed = 0; missed <= 6; missed++) {
          for (int work = 0; work <= 5; work++) {
            Health here = Health.of(missed, work, thresholds);
            assertThat(Health.of(missed + 1, work, thresholds)).isGreaterThanOrEqualTo(here);
            assertThat(Health.of(missed, work + 1, thresholds)).isGreaterThanOrEqualTo(here);
            assertThat(here == Health.UNHEALTHY).isEqualTo(missed >= failed);
            assertThat(here == Health.HEALTHY).isEqualTo(missed == 0 && work <= most);
          }
        }
      }
    }
  }

  @Test
  void thresholdsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> new Thresholds(0, 1, 1))
        .hasMessage("failedPingThreshold: 0 (expected: 1 to 1000)");
    assertThatThrownBy(() -> new Thresholds(1, 10_000_001, 1))
        .hasMessage("processCountThreshold: 10000001 (expected: 1 to 10000000)");
    assertThatThrownBy(() -> new Thresholds(1, 1, -1))
        .hasMessage("partitionThreshold: -1 (expected: 1 to 1000)");
  }
}
