package io.mcpnode.trace;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other about traces. Frozen with a release; a change is V2. */
public interface TraceProtocol {

  Contract V1 =
      Contract.of(
          "trace",
          1,
          Collect.class,
          Recent.class,
          Collected.class,
          Heads.class,
          SpanRecord.class,
          Attribute.class,
          Head.class);

  /** What arrives; a new request does not compile until it is handled. */
  sealed interface Request extends WireMessage permits Collect, Recent {
    <R> R on(Handler<R> handler);
  }

  /** One method per request. */
  interface Handler<R> {
    R collect(Collect message);

    R recent(Recent message);
  }

  /** Asks for the spans of a trace. Answered by {@link Collected}, which may be empty. */
  record Collect(String traceId) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.collect(this);
    }
  }

  /** Asks for the newest traces. Answered by {@link Heads}. */
  record Recent(int limit) implements Request {
    @Override
    public <R> R on(Handler<R> handler) {
      return handler.recent(this);
    }
  }

  /**
   * Spans that have ended.
   *
   * @param dropped spans of this trace for which there was no room
   */
  record Collected(List<SpanRecord> spans, int dropped) implements WireMessage {}

  /** What one node knows about its newest traces, newest first. */
  record Heads(List<Head> traces) implements WireMessage {}

  /**
   * A span that has ended.
   *
   * @param parentId null at the beginning of a trace
   * @param hop see {@link io.mcpnode.wire.Span.Hop}
   * @param startNanos since the epoch, by the clock of its node
   * @param error its type, null if it went well
   */
  record SpanRecord(
      String traceId,
      String spanId,
      @Nullable String parentId,
      String hop,
      String name,
      String node,
      long startNanos,
      long durationNanos,
      @Nullable String error,
      List<Attribute> attributes)
      implements WireMessage {

    long endNanos() {
      return startNanos + durationNanos;
    }
  }

  /** Something that a span tells. */
  record Attribute(String key, String value) implements WireMessage {}

  /**
   * One node's part of a trace.
   *
   * @param root the name of the span with which the trace began or entered the cluster, null if
   *     that was elsewhere
   */
  record Head(
      String traceId,
      @Nullable String root,
      String node,
      long startNanos,
      long endNanos,
      int spans,
      int errors)
      implements WireMessage {}
}
