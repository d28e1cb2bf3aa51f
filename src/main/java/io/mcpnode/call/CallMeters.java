package io.mcpnode.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What is counted of calls. */
final class CallMeters {

  private final MeterRegistry registry;
  private final Counter refused;

  CallMeters(MeterRegistry registry) {
    this.registry = registry;
    this.refused = registry.counter("mcp.refused", "limit", "operations");
  }

  /** Operations that run on this node. */
  void running(IntSupplier running) {
    Gauge.builder("mcp.operations.running", running, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  void refused() {
    refused.increment();
  }

  /** A call that this node made has ended. */
  void ended(String outcome, long nanos) {
    registry.timer("mcp.calls", "outcome", outcome).record(nanos, TimeUnit.NANOSECONDS);
  }
}
