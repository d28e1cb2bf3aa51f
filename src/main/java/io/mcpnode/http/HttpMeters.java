package io.mcpnode.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** What the edge counts. Nothing is counted for a request that is answered as asked. */
final class HttpMeters {

  private final MeterRegistry registry;
  private final Map<Integer, Counter> refused = new HashMap<>();
  private final Counter otherRefused;
  final Counter connectionsOverLimit;
  final Counter connectionsIdle;
  final Counter eventsOverLimit;
  final Counter bodiesOverBudget;
  final Counter framesOverLimit;
  final Counter failures;

  HttpMeters(MeterRegistry registry) {
    this.registry = registry;
    for (int status : new int[] {400, 403, 404, 405, 406, 408, 413, 414, 415, 417, 431, 503}) {
      refused.put(status, refusedWith(Integer.toString(status)));
    }
    otherRefused = refusedWith("other");
    connectionsOverLimit =
        registry.counter("mcp.http.connections.refused", "reason", "http.maxConnections");
    connectionsIdle = registry.counter("mcp.http.connections.closed", "reason", "idle");
    eventsOverLimit = registry.counter("mcp.http.events.refused", "reason", "slow client");
    bodiesOverBudget = registry.counter("mcp.http.bodies.refused", "reason", "memory");
    framesOverLimit = registry.counter("mcp.http.websocket.closed", "reason", "slow client");
    failures = registry.counter("mcp.http.failures");
  }

  private Counter refusedWith(String status) {
    return Counter.builder("mcp.http.requests.refused")
        .description("Requests answered before their message was read")
        .tag("status", status)
        .register(registry);
  }

  void refused(int status) {
    refused.getOrDefault(status, otherRefused).increment();
  }

  void gauges(IntSupplier connections, IntSupplier requests) {
    Gauge.builder("mcp.http.connections", connections, IntSupplier::getAsInt)
        .description("Open client connections")
        .strongReference(true)
        .register(registry);
    Gauge.builder("mcp.http.requests", requests, IntSupplier::getAsInt)
        .description("Requests being served")
        .strongReference(true)
        .register(registry);
  }
}
