package io.mcpnode.wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What went wrong between nodes, counted.
 *
 * @param refused because a limit was reached
 * @param late requests that arrived after their deadline
 * @param lost requests, answers or events that an audit found missing
 * @param indeterminate requests whose outcome nobody knows
 * @param malformed messages that could not be read
 */
record WireCounters(
    Counter refused, Counter late, Counter lost, Counter indeterminate, Counter malformed) {

  static WireCounters of(MeterRegistry meters) {
    return new WireCounters(
        meters.counter("mcp.wire.refused"),
        meters.counter("mcp.wire.late"),
        meters.counter("mcp.wire.lost"),
        meters.counter("mcp.wire.indeterminate"),
        meters.counter("mcp.wire.malformed"));
  }
}
