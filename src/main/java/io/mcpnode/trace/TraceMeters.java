package io.mcpnode.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What tracing counts. */
final class TraceMeters {

  private final MeterRegistry registry;
  private final Counter tracesDropped;
  private final Counter spansDropped;
  private final Counter notTraced;
  private final Counter exported;
  private final Counter exportFailed;

  TraceMeters(MeterRegistry registry) {
    this.registry = registry;
    tracesDropped =
        Counter.builder("mcp.traces.dropped")
            .description("Oldest traces that made room for newer ones")
            .register(registry);
    spansDropped =
        Counter.builder("mcp.spans.dropped")
            .description("Spans of traces that had too many already")
            .register(registry);
    notTraced =
        Counter.builder("mcp.moves.untraced")
            .description("Migrations and failovers without a trace: too many in their second")
            .register(registry);
    exported =
        Counter.builder("mcp.spans.exported")
            .description("Spans that the collector took")
            .register(registry);
    exportFailed =
        Counter.builder("mcp.spans.export.failed")
            .description("Spans that the collector did not take")
            .register(registry);
  }

  void traces(IntSupplier kept) {
    Gauge.builder("mcp.traces", kept, IntSupplier::getAsInt)
        .description("Traces kept in memory")
        .strongReference(true)
        .register(registry);
  }

  void traceDropped() {
    tracesDropped.increment();
  }

  void spanDropped() {
    spansDropped.increment();
  }

  /** As it is meant: nothing that an operator would have to do something about. */
  void operationNotTraced() {
    notTraced.increment();
  }

  void exported(int spans) {
    exported.increment(spans);
  }

  void exportFailed(int spans) {
    exportFailed.increment(spans);
  }

  /** A limit was reached and something was refused or dropped for it. */
  void refused(String limit) {
    registry.counter("mcp.refused", "limit", limit).increment();
  }
}
