package io.mcpnode.wire;

import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The address for what concerns open requests of other nodes, so that it never waits behind new
 * ones.
 */
final class Control {

  private static final long SWEEP_MILLIS = 1000;

  private final BusRpc rpc;
  private final ContextInternal context;
  private @Nullable Registered consumer;
  private long timer = -1;

  Control(BusRpc rpc, ContextInternal context) {
    this.rpc = rpc;
    this.context = context;
  }

  static String address(NodeId node) {
    return "mcp.wire.v1." + node;
  }

  ContextInternal context() {
    return context;
  }

  Future<Void> start() {
    return Contexts.on(
        context,
        () -> {
          timer = context.owner().setPeriodic(SWEEP_MILLIS, id -> sweep());
          return rpc.registrar()
              .register(address(rpc.self()), message -> rpc.guarded(() -> receive(message.body())))
              .map(
                  registered -> {
                    consumer = registered;
                    return null;
                  });
        });
  }

  Future<Void> stop() {
    return Contexts.on(
        context,
        () -> {
          context.owner().cancelTimer(timer);
          return consumer == null ? Future.succeededFuture() : consumer.unregister();
        });
  }

  void receive(Frame frame) {
    if (frame instanceof Frame.Further further) {
      @Nullable Call call = call(further.from(), further.id());
      if (call != null) {
        call.further(further);
      }
    } else if (frame instanceof Frame.Credit credit) {
      @Nullable Call call = call(credit.from(), credit.id());
      if (call != null) {
        call.credit(credit.consumed());
      }
    } else if (frame instanceof Frame.Audit audit) {
      audit(audit);
    }
  }

  private void audit(Frame.Audit audit) {
    int[] sent = new int[audit.ids().length];
    for (int i = 0; i < sent.length; i++) {
      @Nullable Call call = call(audit.from(), audit.ids()[i]);
      sent[i] = call == null ? -1 : call.sent();
      if (call != null) {
        call.credit(audit.consumed()[i]);
      }
    }
    rpc.peer(audit.from()).link().toLane(audit.lane(), new Frame.Audited(audit.ids(), sent));
  }

  private @Nullable Call call(NodeId from, long id) {
    return rpc.peer(from).calls().get(id);
  }

  /** Forgets requests whose asker has given up; an answer to them would go nowhere. */
  private void sweep() {
    long now = rpc.clock().nanos() - TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLIS);
    for (Peer peer : rpc.peers()) {
      peer.calls().values().removeIf(call -> call.isOver(now));
    }
  }
}
