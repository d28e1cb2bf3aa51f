package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcpnode.NodeConfig;
import io.mcpnode.trace.TraceProtocol.Attribute;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.TraceContext;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeSpansTest {

  private static final String SAMPLED = "00-" + TestSpans.TRACE + "-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-" + TestSpans.TRACE + "-b7ad6b7169203331-00";
  private static final NodeId SELF = new NodeId("n1", 1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TraceBuffer buffer = new TraceBuffer(100, new TraceMeters(meters));

  private Spans spans(double ratio) {
    return new NodeSpans(
        SdkTracerProvider.builder()
            .addSpanProcessor(new BufferProcessor(SELF.name(), buffer))
            .build()
            .get("test"),
        new Sampling(ratio),
        Clock.SYSTEM,
        new TraceMeters(meters));
  }

  private List<SpanRecord> recorded() {
    List<SpanRecord> all = new ArrayList<>();
    buffer.heads(100).forEach(head -> all.addAll(buffer.collect(head.traceId()).spans()));
    return all;
  }

  @Test
  void aCallersTraceGoesOn() {
    Span edge = spans(0).edge(SAMPLED);
    edge.name("tools/call echo").with("mcp.method.name", "tools/call").with("mcpnode.epoch", 3);
    Span child = edge.child(Span.Hop.FORWARD);
    TraceContext sent = Objects.requireNonNull(TraceContext.parse(child.traceparent()));
    assertThat(sent.traceId()).isEqualTo(TestSpans.TRACE);
    assertThat(sent.sampled()).isTrue();
    child.fail(new WireException(Failure.NODE_DOWN, "gone"));
    edge.end();

    assertThat(recorded()).hasSize(2);
    SpanRecord forward = recorded().get(0);
    SpanRecord root = recorded().get(1);
    assertThat(root.traceId()).isEqualTo(TestSpans.TRACE);
    assertThat(root.parentId()).isEqualTo("b7ad6b7169203331");
    assertThat(root.name()).isEqualTo("tools/call echo");
    assertThat(root.hop()).isEqualTo("edge");
    assertThat(root.node()).isEqualTo("n1");
    assertThat(root.error()).isNull();
    assertThat(root.attributes())
        .containsExactlyInAnyOrder(
            new Attribute("mcp.method.name", "tools/call"), new Attribute("mcpnode.epoch", "3"));
    assertThat(forward.parentId()).isEqualTo(root.spanId());
    assertThat(forward.spanId()).isEqualTo(sent.spanId());
    assertThat(forward.error()).isEqualTo("node_down");
    assertThat(forward.startNanos()).isBetween(root.startNanos(), root.endNanos());
  }

  @Test
  void whatACallerDoesNotRecordIsPassedOnAsItCame() {
    Span edge = spans(1).edge(UNSAMPLED);
    assertThat(edge.isRecorded()).isFalse();
    assertThat(edge.child(Span.Hop.EXECUTE).traceparent()).isEqualTo(UNSAMPLED);
    edge.end();
    assertThat(recorded()).isEmpty();
  }

  @Test
  void whatIsNotSampledIsTheSameNothing() {
    assertThat(spans(0).edge(null)).isSameAs(Span.NONE);
    assertThat(spans(0).edge("nonsense")).isSameAs(Span.NONE);
    assertThat(spans(1).remote(Span.Hop.SERVE, null)).isSameAs(Span.NONE);
    assertThat(Span.NONE.child(Span.Hop.EXECUTE).with("key", 1).name("x")).isSameAs(Span.NONE);
  }

  @Test
  void aTraceThatBeginsHereHasNoParent() {
    spans(1).edge(null).end();
    assertThat(recorded()).singleElement().extracting(SpanRecord::parentId).isNull();
  }

  @Test
  void operationsAreRecordedWhateverTheRatioButNotThousands() {
    Spans spans = spans(0);
    for (int i = 0; i < 1000; i++) {
      spans.operation(Span.Hop.MIGRATE).end();
    }
    // The loop may see a second end, or on a very busy machine several.
    assertThat(recorded()).hasSizeBetween(10, 100);
    assertThat(meters.get("mcp.moves.untraced").counter().count())
        .isEqualTo(1000 - recorded().size());
    assertThat(meters.find("mcp.refused").counters()).as("limits to be alerted of").isEmpty();
  }

  @Test
  void withTracingOffThereIsNothing() {
    TraceComponent off =
        new TraceComponent(
            new NodeConfig.Tracing(false, 1, 10, ""),
            "n1",
            "1",
            Clock.SYSTEM,
            new SimpleMeterRegistry());
    assertThat(off.spans()).isSameAs(Spans.NONE);
    assertThat(off.spans().isOn()).isFalse();
    assertThat(off.spans().edge(SAMPLED)).isSameAs(Span.NONE);
    assertThat(off.close().succeeded()).isTrue();
  }

  @Test
  void aContextIsInjectedAndExtracted() {
    Map<String, String> message = new TreeMap<>(Map.of("tool", "calculator"));
    Span span = spans(1).edge(null);
    Propagation.inject(span, message::put);
    assertThat(message).containsEntry("traceparent", span.traceparent()).hasSize(2);
    assertThat(Propagation.extract(message::get))
        .hasToString("Optional[" + span.traceparent() + "]");

    Map<String, String> plain = new TreeMap<>();
    Propagation.inject(Span.NONE, plain::put);
    assertThat(plain).isEmpty();
    assertThat(Propagation.extract(plain::get)).isEmpty();
    assertThat(Propagation.extract(name -> "nonsense")).isEmpty();
  }

  @Test
  void workWithinASpanEndsItWhenItIsDone() {
    Span edge = spans(1).edge(null);
    Promise<String> work = Promise.promise();
    Future<String> done =
        Propagation.propagate(edge, Span.Hop.EXECUTE, "work", within -> work.future());
    assertThat(recorded()).isEmpty();
    work.complete("result");
    assertThat(done.result()).isEqualTo("result");
    Propagation.propagate(
        edge,
        Span.Hop.EXECUTE,
        "broken",
        within -> {
          throw new IllegalStateException("on purpose");
        });
    assertThat(recorded()).extracting(SpanRecord::name).containsExactly("work", "broken");
    assertThat(recorded()).extracting(SpanRecord::error).containsExactly(null, "internal");
  }

  /** All that an unrecorded call does about tracing, as the owner of its session. */
  private static boolean unrecorded(Spans spans, String traceparent) {
    Span edge = spans.edge(traceparent);
    Span execute = edge.child(Span.Hop.EXECUTE).name("execute_tool echo").with("mcpnode.epoch", 3);
    boolean recorded = execute.isRecorded() || execute.traceparent() != null;
    execute.end();
    edge.end();
    return recorded;
  }

  @Test
  void whatIsNotRecordedAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Spans spans = spans(0);
    int calls = 200_000;
    boolean recorded = false;
    for (int i = 0; i < calls; i++) {
      recorded |= unrecorded(spans, null);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      recorded |= unrecorded(spans, null);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(recorded).isFalse();
    assertThat(allocated).as("bytes for " + calls + " calls").isLessThan(calls / 10);
  }
}
