package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void percentilesAreTheNearestRank() {
    Spread spread = Spread.of(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(spread.percentile(0.5)).isEqualTo(50);
    assertThat(spread.percentile(0.95)).isEqualTo(95);
    assertThat(spread.percentile(1)).isEqualTo(100);
    assertThat(spread.median()).isEqualTo(50.5);
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter() {
    Spread spread = Spread.of(List.of(9, 1, 5));
    assertThat(spread.min()).isEqualTo(1);
    assertThat(spread.median()).isEqualTo(5);
    assertThat(spread.max()).isEqualTo(9);
    assertThat(spread).hasToString("p50 5 p95 9 max 9 of 3");
  }

  @Test
  void noSampleIsRefused() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("samples: 0 (expected: >= 1)");
  }
}
