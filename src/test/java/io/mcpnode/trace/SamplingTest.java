package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

  private static final String IDS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 1})
  void theCallersFlagGoesOverTheRatio(double ratio) {
    Sampling sampling = new Sampling(ratio);
    for (long random : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(sampling.records(IDS + "01", random)).isTrue();
      assertThat(sampling.records(IDS + "00", random)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.3, 0.5, 1})
  void withoutACallersContextTheRatioDecides(double ratio) {
    Sampling sampling = new Sampling(ratio);
    Random random = new Random(7);
    int recorded = 0;
    for (int i = 0; i < 100_000; i++) {
      recorded += sampling.records(null, random.nextLong()) ? 1 : 0;
    }
    assertThat(recorded / 100_000.0).isBetween(ratio - 0.01, ratio + 0.01);
    assertThat(recorded).matches(n -> ratio > 0 || n == 0).matches(n -> ratio < 1 || n == 100_000);
  }

  @Test
  void aContextThatIsNoneCountsAsNone() {
    assertThat(new Sampling(1).records("00-1", -1)).isTrue();
    assertThat(new Sampling(0).records("00-1", 0)).isFalse();
  }

  @Test
  void allAndNothingAreExact() {
    for (long random : new long[] {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThat(new Sampling(1).records(null, random)).isTrue();
      assertThat(new Sampling(0).records(null, random)).isFalse();
    }
  }
}
