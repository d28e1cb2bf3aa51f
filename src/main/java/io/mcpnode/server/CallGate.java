package io.mcpnode.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the calls that run at once on this node. */
final class CallGate {

  private final int max;
  private final AtomicInteger running = new AtomicInteger();
  private final Counter refused;

  CallGate(int max, MeterRegistry meters) {
    if (max < 1) {
      throw new IllegalArgumentException("maxCallsPerNode: " + max + " (expected: >= 1)");
    }
    this.max = max;
    refused =
        Counter.builder("mcp.calls.refused")
            .description("Tool calls refused because too many were running")
            .register(meters);
    Gauge.builder("mcp.calls.running", running, AtomicInteger::get)
        .description("Tool calls running")
        .strongReference(true)
        .register(meters);
  }

  /** False, and counted, at the limit; else {@link #leave} must follow. */
  boolean enter() {
    if (running.incrementAndGet() > max) {
      running.decrementAndGet();
      refused.increment();
      return false;
    }
    return true;
  }

  /** Beyond the limit if need be: for what another node has let in before it was lost. */
  void enterAnyway() {
    running.incrementAndGet();
  }

  void leave() {
    running.decrementAndGet();
  }

  int running() {
    return running.get();
  }
}
