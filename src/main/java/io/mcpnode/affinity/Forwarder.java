package io.mcpnode.affinity;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import java.time.Duration;
import java.util.function.Consumer;

/** Carries a request to its owner and the answer back. */
final class Forwarder {

  /** Longer than any tool may run; a lost owner is noticed by membership, not by this. */
  static final Duration LONGEST_CALL = Duration.ofMinutes(15);

  /** A client that reads longer begins anew. */
  private static final Duration LONGEST_STREAM = Duration.ofHours(24);

  private final Rpc rpc;
  private final AffinityMeters meters;

  Forwarder(Rpc rpc, AffinityMeters meters) {
    this.rpc = rpc;
    this.meters = meters;
  }

  /**
   * @param failed called instead of the reply if the owner did not answer
   */
  void forward(
      NodeId owner,
      long epoch,
      String key,
      Request request,
      Reply reply,
      Consumer<WireException> failed) {
    meters.forwarded();
    Span span =
        reply
            .span()
            .child(Span.Hop.FORWARD)
            .with("mcpnode.peer", owner.name())
            .with("mcpnode.epoch", epoch);
    Rpc.Exchange exchange =
        rpc.open(
            owner,
            ExecuteProtocol.V1,
            new ExecuteProtocol.Execute(
                key,
                epoch,
                request.verb(),
                request.body(),
                request.principal(),
                request.protocolVersion(),
                request.repeatable(),
                span.traceparent(),
                request.resumable()),
            request.verb() == Request.Verb.STREAM ? LONGEST_STREAM : LONGEST_CALL,
            message -> event(owner, message, reply));
    reply.onClientGone(() -> exchange.send(new ExecuteProtocol.ClientGone()));
    exchange
        .reply()
        .onComplete(
            message -> {
              span.end();
              answer(message, reply);
            },
            problem -> {
              WireException reason = WireException.from(problem);
              span.fail(reason);
              failed.accept(reason);
            });
  }

  private void event(NodeId owner, WireMessage message, Reply reply) {
    if (message instanceof ExecuteProtocol.Event event) {
      reply.executing(owner.name());
      reply.event(event.message()).onFailure(problem -> meters.refused("events"));
    } else if (message instanceof ExecuteProtocol.StreamEvent event) {
      reply.executing(owner.name());
      // Not lost: the client comes back for what it has not read.
      reply.event(event.message(), event.id()).onFailure(problem -> meters.refused("readers"));
    } else if (message instanceof ExecuteProtocol.Disconnect disconnect) {
      reply.disconnect(disconnect.retryMillis());
    }
  }

  private static void answer(WireMessage message, Reply reply) {
    if (message instanceof ExecuteProtocol.Executed done) {
      reply.end(
          new Answer(
              done.status(), done.body(), done.node(), done.sessionId(), done.retryAfterSeconds()));
    } else {
      reply.fail(new WireException(Failure.INTERNAL, "unexpected reply: " + message));
    }
  }
}
