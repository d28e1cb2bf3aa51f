package io.mcpnode.trace;

import io.mcpnode.wire.Span;
import io.mcpnode.wire.TraceContext;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** A span that OpenTelemetry records. */
final class LiveSpan implements Span {

  static final String HOP = "mcpnode.hop";
  private static final String ERROR_TYPE = "error.type";

  private final Tracer tracer;
  private final io.opentelemetry.api.trace.Span span;

  private LiveSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  /** Begins one; without a parent, a trace. */
  static LiveSpan begin(Tracer tracer, Hop hop, @Nullable TraceContext parent) {
    Context context =
        parent == null
            ? Context.root()
            : Context.root()
                .with(
                    io.opentelemetry.api.trace.Span.wrap(
                        SpanContext.createFromRemoteParent(
                            parent.traceId(),
                            parent.spanId(),
                            TraceFlags.getSampled(),
                            TraceState.getDefault())));
    return begin(tracer, hop, context);
  }

  private static LiveSpan begin(Tracer tracer, Hop hop, Context parent) {
    return new LiveSpan(
        tracer,
        tracer
            .spanBuilder(hop.word())
            .setParent(parent)
            .setSpanKind(kind(hop))
            .setAttribute(HOP, hop.word())
            .startSpan());
  }

  private static SpanKind kind(Hop hop) {
    return switch (hop) {
      case EDGE, SERVE -> SpanKind.SERVER;
      case FORWARD -> SpanKind.CLIENT;
      case ROUTE, EXECUTE, REPLICATE, MIGRATE, FAILOVER -> SpanKind.INTERNAL;
    };
  }

  @Override
  public boolean isRecorded() {
    return true;
  }

  @Override
  public String traceparent() {
    SpanContext context = span.getSpanContext();
    return new TraceContext(context.getTraceId(), context.getSpanId(), true).toString();
  }

  @Override
  public Span child(Hop hop) {
    return begin(tracer, hop, Context.root().with(span));
  }

  @Override
  public Span name(String name) {
    span.updateName(name);
    return this;
  }

  @Override
  public Span with(String key, String value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Span with(String key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public void error(String type) {
    span.setAttribute(ERROR_TYPE, type);
    span.setStatus(StatusCode.ERROR);
  }

  @Override
  public void end() {
    span.end();
  }
}
