package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.wire.Span.Hop;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README says of the way of a request; {@link RequestWalkIT} goes it. */
class RequestWalkTest {

  @Test
  void theReadmeTellsEveryHopOfARequestInItsOrder() {
    List<String> hops =
        Arrays.stream(Hop.values())
            .filter(hop -> hop != Hop.MIGRATE && hop != Hop.FAILOVER)
            .map(Hop::word)
            .toList();
    assertThat(RequestWalk.told())
        .containsExactly(
            "n1 edge", "n1 route", "n1 forward", "n2 serve", "n2 execute", "n2 replicate")
        .extracting(step -> step.substring(3))
        .isEqualTo(hops);
  }
}
