package io.mcpnode.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"'', '', 0", "port, port, 0", "prot, port, 1", "prt, port, 1", "ca, abc, 3"})
  void distanceCountsTypingMistakes(String a, String b, int expected) {
    assertThat(Nearest.distance(a, b)).isEqualTo(expected);
  }

  @Test
  void theNearestIsMeantAndFarOnesAreNot() {
    List<String> known = List.of("http.port", "http.path", "cluster.port");
    assertThat(Nearest.to("HTTP.prot", known)).contains("http.port");
    assertThat(Nearest.to("something.else", known)).isEmpty();
    assertThat(Nearest.to("x".repeat(100_000), known)).isEmpty();
  }
}
