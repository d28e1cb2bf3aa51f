package io.mcpnode.http.admin;

import io.mcpnode.trace.SpanTree;
import io.mcpnode.trace.TraceProtocol.SpanRecord;
import io.mcpnode.trace.TraceSummary;
import io.mcpnode.trace.Traces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Traces as operators see them. The field names are part of the product. */
final class TraceRendering {

  private TraceRendering() {}

  static JsonObject recent(Traces.Recent recent) {
    JsonArray traces = new JsonArray();
    for (Traces.Overview trace : recent.traces()) {
      traces.add(
          new JsonObject()
              .put("traceId", trace.traceId())
              .put("root", trace.root())
              .put("start", time(trace.startNanos()))
              .put("durationMicros", micros(trace.durationNanos()))
              .put("nodes", new JsonArray(trace.nodes()))
              .put("spans", trace.spans())
              .put("error", trace.error()));
    }
    return partial(new JsonObject().put("traces", traces), recent.missing());
  }

  static JsonObject trace(Traces.Trace trace) {
    return partial(
        new JsonObject()
            .put("traceId", trace.traceId())
            .put("tree", tree(trace.tree()))
            .put("summary", summary(trace.summary()).put("droppedSpans", trace.dropped())),
        trace.missing());
  }

  private static JsonObject partial(JsonObject json, List<String> missing) {
    return json.put("partial", !missing.isEmpty()).put("missing", new JsonArray(missing));
  }

  private static JsonObject summary(TraceSummary summary) {
    JsonArray path = new JsonArray();
    for (TraceSummary.Step step : summary.criticalPath()) {
      path.add(
          new JsonObject()
              .put("spanId", step.spanId())
              .put("name", step.name())
              .put("node", step.node())
              .put("durationMicros", micros(step.durationNanos()))
              .put("ownMicros", micros(step.ownNanos())));
    }
    return new JsonObject()
        .put("nodes", new JsonArray(summary.nodes()))
        .put("spans", summary.spans())
        .put("errors", summary.errors())
        .put("start", time(summary.startNanos()))
        .put("durationMicros", micros(summary.durationNanos()))
        .put("criticalPath", path);
  }

  private static JsonObject tree(SpanTree tree) {
    JsonArray children = new JsonArray();
    tree.children().forEach(child -> children.add(tree(child)));
    SpanRecord span = tree.span();
    if (span == null) {
      return new JsonObject().putNull("spanId").put("name", "").put("children", children);
    }
    JsonObject attributes = new JsonObject();
    span.attributes().forEach(attribute -> attributes.put(attribute.key(), attribute.value()));
    return new JsonObject()
        .put("spanId", span.spanId())
        .put("parentSpanId", span.parentId())
        .put("hop", span.hop())
        .put("name", span.name())
        .put("node", span.node())
        .put("start", time(span.startNanos()))
        .put("durationMicros", micros(span.durationNanos()))
        .put("error", span.error())
        .put("attributes", attributes)
        .put("children", children);
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private static String time(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos).toString();
  }
}
