package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.NodeConfig;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.TraceContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OtlpExportTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx();
  private final Collector collector = new Collector(vertx);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TraceComponent tracing =
      new TraceComponent(
          new NodeConfig.Tracing(true, 1, 10, collector.url()), "n1", "1.2", Clock.SYSTEM, meters);

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private double count(String name) {
    return meters.get(name).counter().count();
  }

  @Test
  void aCollectorGetsEverySpanWithItsNodeAndItsPlaceInTheTrace() {
    Span edge = tracing.spans().edge(null);
    edge.name("tools/call echo").with("mcp.method.name", "tools/call");
    Span forward = edge.child(Span.Hop.FORWARD);
    TraceContext context = Objects.requireNonNull(TraceContext.parse(forward.traceparent()));
    forward.error("timeout");
    forward.end();
    edge.end();
    await().atMost(LIMIT).until(() -> collector.spans().size() == 2);

    assertThat(collector.paths).containsOnly("POST /v1/traces application/x-protobuf");
    assertThat(
            Collector.strings(
                collector.received.get(0).getResourceSpans(0).getResource().getAttributesList()))
        .containsEntry("service.name", "mcp-node")
        .containsEntry("service.version", "1.2")
        .containsEntry("service.instance.id", "n1");
    io.opentelemetry.proto.trace.v1.Span child = named("forward");
    io.opentelemetry.proto.trace.v1.Span root = named("tools/call echo");
    HexFormat hex = HexFormat.of();
    assertThat(hex.formatHex(child.getTraceId().toByteArray())).isEqualTo(context.traceId());
    assertThat(hex.formatHex(child.getSpanId().toByteArray())).isEqualTo(context.spanId());
    assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(root.getParentSpanId().isEmpty()).isTrue();
    assertThat(root.getKind())
        .isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(child.getKind())
        .isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(child.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    assertThat(Collector.strings(child.getAttributesList()))
        .containsEntry("error.type", "timeout")
        .containsEntry("mcpnode.hop", "forward");
    await().atMost(LIMIT).until(() -> count("mcp.spans.exported") == 2);
  }

  private io.opentelemetry.proto.trace.v1.Span named(String name) {
    return collector.spans().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsLeftGoesOutWhenTheNodeStops() {
    tracing.spans().edge(null).end();
    tracing.close().await();
    assertThat(collector.spans()).hasSize(1);
  }

  @Test
  void whatTheCollectorRefusesIsCountedAndKeptInMemory() {
    collector.mood = Collector.Mood.REFUSES;
    tracing.spans().edge(null).end();
    await().atMost(LIMIT).until(() -> count("mcp.spans.export.failed") == 1);
    assertThat(meters.get("mcp.traces").gauge().value()).isEqualTo(1);
    collector.mood = Collector.Mood.TAKES;
    tracing.spans().edge(null).end();
    await().atMost(LIMIT).until(() -> count("mcp.spans.exported") == 1);
  }

  @Test
  void aCollectorThatNeverAnswersHoldsNobodyUp() {
    collector.mood = Collector.Mood.NEVER_ANSWERS;
    int spans = 3 * OtlpExport.MAX_WAITING;
    for (int i = 0; i < spans; i++) {
      tracing.spans().edge(null).end();
    }
    assertThat(meters.get("mcp.refused").tag("limit", "tracing.export").counter().count())
        .isBetween((double) OtlpExport.MAX_WAITING, (double) spans - OtlpExport.MAX_WAITING);
    assertThat(count("mcp.spans.exported")).isZero();
  }

  @Test
  void aCollectorThatIsGoneDoesNotKeepTheNodeFromLeaving() throws Exception {
    collector.close();
    tracing.spans().edge(null).end();
    tracing.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(count("mcp.spans.export.failed")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://c:4318,http://c:4318/v1/traces",
    "http://c:4318/,http://c:4318/v1/traces",
    "https://c/otlp/mine,https://c/otlp/mine"
  })
  void theBaseOfACollectorIsEnough(String endpoint, String traces) {
    assertThat(OtlpExport.traces(URI.create(endpoint))).hasToString(traces);
  }
}
