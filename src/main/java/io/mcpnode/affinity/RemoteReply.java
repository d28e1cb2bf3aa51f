package io.mcpnode.affinity;

import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way back to the node that forwarded a request. */
final class RemoteReply implements Reply {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteReply.class);

  private final Rpc.Incoming incoming;
  private final boolean resumable;

  private RemoteReply(Rpc.Incoming incoming, boolean resumable) {
    this.incoming = incoming;
    this.resumable = resumable;
  }

  static void execute(
      AffinityRouter router, Spans spans, Rpc.Incoming incoming, ExecuteProtocol.Execute m) {
    Span span = spans.remote(Span.Hop.SERVE, m.traceparent());
    router.execute(
        m.key(),
        m.epoch(),
        new Request(
            m.verb(), m.body(), m.principal(), m.protocolVersion(), m.repeatable(), m.resumable()),
        TracedReply.of(new RemoteReply(incoming, m.resumable()), span));
  }

  @Override
  public Future<Void> event(Buffer message) {
    return incoming.event(new ExecuteProtocol.Event(message));
  }

  @Override
  public Future<Void> event(Buffer message, @Nullable String id) {
    return incoming.event(new ExecuteProtocol.StreamEvent(message, id));
  }

  @Override
  public boolean resumable() {
    return resumable;
  }

  @Override
  public void disconnect(int retryMillis) {
    incoming
        .event(new ExecuteProtocol.Disconnect(retryMillis))
        .onFailure(problem -> LOG.debug("a client stays: {}", problem.toString()));
  }

  @Override
  public void end(Answer answer) {
    incoming.reply(
        new ExecuteProtocol.Executed(
            answer.status(),
            answer.body(),
            answer.node(),
            answer.sessionId(),
            answer.retryAfterSeconds()));
  }

  @Override
  public void fail(WireException reason) {
    incoming.fail(reason);
  }

  @Override
  public void onClientGone(Runnable action) {
    AtomicBoolean once = new AtomicBoolean();
    Runnable first =
        () -> {
          if (once.compareAndSet(false, true)) {
            action.run();
          }
        };
    incoming.onMessage(
        message -> {
          if (message instanceof ExecuteProtocol.ClientGone) {
            first.run();
          }
        });
    incoming.onAskerGone(first);
  }
}
