package io.mcpnode.affinity;

import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;

/** Ends a span with the answer, just before it is given: who has the answer finds the span. */
final class TracedReply extends PassingReply {

  private final Span span;

  private TracedReply(Reply reply, Span span) {
    super(reply);
    this.span = span;
  }

  /** The reply itself where there is no trace. */
  static Reply of(Reply reply, Span span) {
    return span == Span.NONE ? reply : new TracedReply(reply, span);
  }

  @Override
  public Span span() {
    return span;
  }

  @Override
  public void end(Answer answer) {
    span.end();
    reply.end(answer);
  }

  @Override
  public void fail(WireException reason) {
    span.fail(reason);
    reply.fail(reason);
  }
}
