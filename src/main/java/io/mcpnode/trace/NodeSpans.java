package io.mcpnode.trace;

import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.TraceContext;
import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The spans of this node. What is not recorded costs a decision. */
final class NodeSpans implements Spans {

  private static final int OPERATIONS_PER_SECOND = 10;

  private final Tracer tracer;
  private final Sampling sampling;
  private final RateLimit operations = new RateLimit(OPERATIONS_PER_SECOND);
  private final Clock clock;
  private final TraceMeters meters;

  NodeSpans(Tracer tracer, Sampling sampling, Clock clock, TraceMeters meters) {
    this.tracer = tracer;
    this.sampling = sampling;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public Span edge(@Nullable String traceparent) {
    return sampling.records(traceparent, ThreadLocalRandom.current().nextLong())
        ? LiveSpan.begin(tracer, Span.Hop.EDGE, TraceContext.parse(traceparent))
        : passed(traceparent);
  }

  @Override
  public Span remote(Span.Hop hop, @Nullable String traceparent) {
    if (traceparent == null) {
      return Span.NONE;
    }
    TraceContext context = TraceContext.parse(traceparent);
    return context != null && context.sampled()
        ? LiveSpan.begin(tracer, hop, context)
        : passed(traceparent);
  }

  private static Span passed(@Nullable String traceparent) {
    return traceparent != null && TraceContext.isValid(traceparent)
        ? new PassedSpan(traceparent)
        : Span.NONE;
  }

  @Override
  public Span operation(Span.Hop hop) {
    if (operations.take(clock.nanos())) {
      return LiveSpan.begin(tracer, hop, null);
    }
    meters.operationNotTraced();
    return Span.NONE;
  }
}
