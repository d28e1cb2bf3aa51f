package io.mcpnode.trace;

import io.mcpnode.wire.Span;
import io.mcpnode.wire.TraceContext;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a component of a node takes part in traces: it takes the context out of a message that came
 * in, puts it into messages that go out, and has work done within a span.
 *
 * <p>What crosses the network is the W3C trace context in a field or header named {@link
 * TraceContext#HEADER}. A message of ours has a component {@code @Nullable String traceparent} for
 * it, filled with {@link Span#traceparent} and handed to {@link io.mcpnode.wire.Spans#remote} where
 * it arrives.
 */
public final class Propagation {

  private Propagation() {}

  /** Writes the context of a span with a message; nothing if there is no trace. */
  public static void inject(Span span, BiConsumer<String, String> headers) {
    String traceparent = span.traceparent();
    if (traceparent != null) {
      headers.accept(TraceContext.HEADER, traceparent);
    }
  }

  /** Reads the context that came with a message; empty if there is none or it is not valid. */
  public static Optional<TraceContext> extract(Function<String, @Nullable String> headers) {
    return Optional.ofNullable(TraceContext.parse(headers.apply(TraceContext.HEADER)));
  }

  /**
   * Has work done within a part of a span. The work gets that part, to inject it and to begin parts
   * of its own. The part ends when the work's future completes, as failed if that failed; the
   * future that is returned completes right afterwards, the same way.
   */
  public static <T> Future<T> propagate(
      Span parent, Span.Hop hop, String name, Function<Span, Future<T>> work) {
    Span span = parent.child(hop).name(name);
    Future<T> done;
    try {
      done = work.apply(span);
    } catch (RuntimeException e) {
      done = Future.failedFuture(e);
    }
    return done.onComplete(result -> span.end(), problem -> span.fail(WireException.from(problem)));
  }
}
