package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.trace.TraceProtocol.Head;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TraceBufferTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private TraceBuffer buffer(int maxTraces) {
    return new TraceBuffer(maxTraces, new TraceMeters(meters));
  }

  private static SpanRecord span(int trace, int span, String hop, String error) {
    return TestSpans.span("t" + trace, "s" + span, "p", hop, "n1", span, span + 10, error);
  }

  private double dropped(String what) {
    return meters.get("mcp." + what + ".dropped").counter().count();
  }

  @Test
  void theOldestTraceMakesRoomAndIsCounted() {
    TraceBuffer buffer = buffer(3);
    for (int trace = 0; trace < 5; trace++) {
      buffer.add(span(trace, 1, "edge", null));
    }
    assertThat(buffer.size()).isEqualTo(3);
    assertThat(meters.get("mcp.traces").gauge().value()).isEqualTo(3);
    assertThat(buffer.heads(10)).extracting(Head::traceId).containsExactly("t4", "t3", "t2");
    assertThat(buffer.heads(2)).extracting(Head::traceId).containsExactly("t4", "t3");
    assertThat(buffer.collect("t1").spans()).isEmpty();
    assertThat(dropped("traces")).isEqualTo(2);
  }

  @Test
  void oneTraceCantTakeAllTheRoom() {
    TraceBuffer buffer = buffer(1000);
    for (int span = 0; span < TraceBuffer.MAX_SPANS_PER_TRACE + 7; span++) {
      buffer.add(span(1, span, "edge", null));
    }
    assertThat(buffer.collect("t1").spans()).hasSize(TraceBuffer.MAX_SPANS_PER_TRACE);
    assertThat(buffer.collect("t1").dropped()).isEqualTo(7);
    assertThat(dropped("spans")).isEqualTo(7);
    assertThat(dropped("traces")).isZero();
  }

  @Test
  void manyLargeTracesTakeNoMoreThanManySmallOnes() {
    TraceBuffer buffer = buffer(100);
    int held = 100 * TraceBuffer.SPANS_PER_TRACE;
    for (int trace = 0; trace < 100; trace++) {
      for (int span = 0; span < 200; span++) {
        buffer.add(span(trace, span, "edge", null));
      }
    }
    int kept = 0;
    for (int trace = 0; trace < 100; trace++) {
      kept += buffer.collect("t" + trace).spans().size();
    }
    assertThat(kept).isLessThanOrEqualTo(held).isGreaterThan(held - 200);
    assertThat(buffer.collect("t99").spans()).hasSize(200);
  }

  @Test
  void aHeadTellsWhatItsNodeKnows() {
    TraceBuffer buffer = buffer(10);
    buffer.add(span(1, 5, "execute", "tool_error"));
    buffer.add(span(1, 2, "edge", null));
    buffer.add(span(1, 1, "replicate", null));
    assertThat(buffer.heads(1)).containsExactly(new Head("t1", "s2", "n1", 1, 15, 3, 1));
  }

  @Test
  void whatBeganElsewhereHasNoRoot() {
    TraceBuffer buffer = buffer(10);
    buffer.add(span(1, 1, "serve", null));
    assertThat(buffer.heads(1)).extracting(Head::root).containsExactly((String) null);
  }
}
