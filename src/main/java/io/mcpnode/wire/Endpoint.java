package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One handler of a contract, on its context: turns frames into calls. */
final class Endpoint implements Rpc.Registration {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoint.class);

  private final BusRpc rpc;
  private final Service service;
  private final ContextInternal context;
  private final Consumer<Rpc.Incoming> handler;
  private volatile @Nullable Registered consumer;

  Endpoint(BusRpc rpc, Service service, ContextInternal context, Consumer<Rpc.Incoming> handler) {
    this.rpc = rpc;
    this.service = service;
    this.context = context;
    this.handler = handler;
  }

  ContextInternal context() {
    return context;
  }

  Future<Void> open() {
    service.endpoints().add(this);
    return rpc.registrar()
        .register(service.address(), message -> rpc.guarded(() -> receive(message.body())))
        .map(
            registered -> {
              consumer = registered;
              return null;
            });
  }

  @Override
  public Future<Void> close() {
    service.endpoints().remove(this);
    Registered registered = consumer;
    return registered == null ? Future.succeededFuture() : registered.unregister();
  }

  void receive(Frame frame) {
    if (frame instanceof Frame.Request request) {
      request(request);
    } else if (frame instanceof Frame.Tell tell) {
      tell(tell);
    } else {
      LOG.warn("{}: {} is not for a service", service.address(), frame.getClass().getSimpleName());
    }
  }

  private void request(Frame.Request request) {
    Peer peer = rpc.peer(request.from());
    int lane = Lane.of(request.id());
    @Nullable WireException refusal = null;
    long remaining = 0;
    if (!rpc.isMember(request.from())) {
      refusal = new WireException(Failure.NODE_DOWN, request.from() + " is not a member here");
    } else {
      remaining = request.remainingMillis() - rpc.delay(peer, request.sentMillis());
      if (remaining <= 0) {
        rpc.counters().late().increment();
        refusal =
            new WireException(Failure.LATE, "arrived " + -remaining + " ms after its deadline");
      } else if (peer.calls().size() >= rpc.maxCallsPerPeer()) {
        rpc.counters().refused().increment();
        refusal =
            new WireException(
                Failure.OVERLOADED,
                "requests of " + peer.id() + " here: " + peer.calls().size() + " (the limit)");
      }
    }
    if (refusal != null) {
      peer.link().toLane(lane, Frame.Failed.of(request.id(), refusal));
      return;
    }
    WireMessage message;
    try {
      message = request.body().message(service.codec());
    } catch (IllegalArgumentException e) {
      rpc.counters().malformed().increment();
      WireException invalid = new WireException(Failure.INVALID, String.valueOf(e.getMessage()));
      peer.link().toLane(lane, Frame.Failed.of(request.id(), invalid));
      return;
    }
    Call call =
        new Call(rpc, peer, request.id(), service, context, message, rpc.deadline(remaining));
    peer.calls().put(request.id(), call);
    handle(call);
  }

  private void tell(Frame.Tell tell) {
    Peer peer = rpc.peer(tell.from());
    rpc.delay(peer, tell.sentMillis());
    handle(new Told(tell.from(), tell.body().message(service.codec())));
  }

  private void handle(Rpc.Incoming incoming) {
    try {
      handler.accept(incoming);
    } catch (WireException e) {
      incoming.fail(e);
    } catch (RuntimeException e) {
      LOG.error("{}: handler of {} failed", service.address(), incoming.message(), e);
      incoming.fail(new WireException(Failure.INTERNAL, String.valueOf(e)));
    }
  }
}
