package io.mcpnode.trace;

import io.mcpnode.trace.TraceProtocol.Attribute;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import java.util.List;

/** Spans of a trace, told in one line each. */
final class TestSpans {

  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private TestSpans() {}

  /** A span of {@link #TRACE}; its name is its id. */
  static SpanRecord span(String id, String parent, String node, long start, long end) {
    return span(TRACE, id, parent, "route", node, start, end, null);
  }

  static SpanRecord failed(String id, String parent, String node, long start, long end) {
    return span(TRACE, id, parent, "forward", node, start, end, "node_down");
  }

  static SpanRecord span(
      String trace,
      String id,
      String parent,
      String hop,
      String node,
      long start,
      long end,
      String error) {
    return new SpanRecord(
        trace,
        id,
        parent,
        hop,
        id,
        node,
        start,
        end - start,
        error,
        List.of(new Attribute("key", "value")));
  }
}
