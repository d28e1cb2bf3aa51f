package io.mcpnode.names;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.IntSupplier;

/** What is counted of names. */
final class NameMeters {

  private final MeterRegistry registry;

  NameMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Names that this node holds. */
  void held(IntSupplier held) {
    Gauge.builder("mcp.names", held, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /** A limit on names or monitors was reached. */
  void refused() {
    registry.counter("mcp.refused", "limit", "names").increment();
  }
}
