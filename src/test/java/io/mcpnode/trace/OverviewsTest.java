package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.trace.TraceProtocol.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverviewsTest {

  @Test
  void thePartsOfATraceAreOneLineNewestFirst() {
    List<Traces.Overview> overviews =
        Overviews.of(
            List.of(
                new Head("a", null, "n2", 120, 180, 3, 0),
                new Head("b", "migrate", "n2", 500, 600, 1, 0),
                new Head("a", "tools/call echo", "n1", 100, 200, 2, 1)),
            10);
    assertThat(overviews)
        .containsExactly(
            new Traces.Overview("b", "migrate", 500, 100, List.of("n2"), 1, false),
            new Traces.Overview("a", "tools/call echo", 100, 100, List.of("n1", "n2"), 5, true));
    assertThat(Overviews.of(List.of(), 10)).isEmpty();
  }

  @Test
  void noMoreThanWereAskedFor() {
    List<Head> heads =
        List.of(new Head("a", null, "n1", 1, 2, 1, 0), new Head("b", null, "n1", 3, 4, 1, 0));
    assertThat(Overviews.of(heads, 1)).extracting(Traces.Overview::traceId).containsExactly("b");
  }
}
