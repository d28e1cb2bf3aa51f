package io.mcpnode.call;

import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds the node, and asks it. */
final class CallClient implements ClusterCalls {

  private final Rpc rpc;
  private final Membership membership;
  private final FormerMembers former;
  private final Desk desk;
  private final Clock clock;
  private final CallMeters meters;

  CallClient(
      Rpc rpc,
      Membership membership,
      FormerMembers former,
      Desk desk,
      Clock clock,
      CallMeters meters) {
    this.rpc = rpc;
    this.membership = membership;
    this.former = former;
    this.desk = desk;
    this.clock = clock;
    this.meters = meters;
  }

  @Override
  public Pending call(String node, Invocation invocation) {
    Member member = membership.view().named(node);
    if (member == null) {
      return refuse(
          former.contains(node)
              ? CallException.notExecuted(CallError.NODE_DOWN, node + " is down")
              : CallException.notExecuted(CallError.NO_SUCH_NODE, unknown(node)));
    }
    CallProtocol.Invoke invoke;
    try {
      invoke =
          new CallProtocol.Invoke(
              invocation.service(),
              invocation.function(),
              CallJson.encode("args", invocation.args()),
              invocation.traceparent());
    } catch (IllegalArgumentException notJson) {
      return refuse(CallException.rejected(String.valueOf(notJson.getMessage())));
    }
    NodeId id = member.id();
    if (id.equals(membership.self())) {
      return here(invoke, invocation);
    }
    return membership.isSuspect(id)
        ? refuse(CallException.notExecuted(CallError.NODE_DOWN, node + " does not answer"))
        : there(id, invoke, invocation);
  }

  private String unknown(String node) {
    List<String> names =
        membership.view().members().stream().map(known -> known.id().name()).toList();
    return "node: \"" + node + "\" (expected: one of " + names + ")";
  }

  private Pending here(CallProtocol.Invoke invoke, Invocation invocation) {
    Execution execution = desk.start(membership.self().name(), invoke, invocation.timeout());
    return pending(execution.result(), execution::cancel);
  }

  private Pending there(NodeId node, CallProtocol.Invoke invoke, Invocation invocation) {
    Rpc.Exchange exchange =
        rpc.open(node, CallProtocol.V1, invoke, invocation.timeout(), event -> {});
    Future<Buffer> answer =
        exchange
            .reply()
            .transform(
                reply ->
                    reply.succeeded()
                        ? value(reply.result())
                        : Future.failedFuture(
                            CallException.ofRequest(
                                reply.cause(), membership.view().contains(node))));
    return pending(answer, () -> exchange.send(new CallProtocol.Cancel()));
  }

  private static Future<Buffer> value(WireMessage reply) {
    if (reply instanceof CallProtocol.Returned returned) {
      return Future.succeededFuture(returned.value());
    }
    if (reply instanceof CallProtocol.Failed failed) {
      return Future.failedFuture(
          new CallException(failed.error(), failed.executed(), failed.message()));
    }
    return Future.failedFuture(
        new CallException(
            CallError.REMOTE_ERROR, CallException.Executed.UNKNOWN, "unexpected reply: " + reply));
  }

  private Pending refuse(CallException reason) {
    return pending(Future.failedFuture(reason), () -> {});
  }

  private Pending pending(Future<Buffer> answer, Runnable tellCancelled) {
    long begun = clock.nanos();
    OpenCall call = new OpenCall(answer, tellCancelled);
    call.result().onComplete(done -> meters.ended(OpenCall.outcome(done), clock.nanos() - begun));
    return call;
  }

  @Override
  public PendingEach callAll(Invocation invocation) {
    return callEach(
        membership.view().members().stream().map(member -> member.id().name()).toList(),
        invocation);
  }

  @Override
  public PendingEach callEach(Collection<String> nodes, Invocation invocation) {
    List<String> names = List.copyOf(new LinkedHashSet<>(nodes));
    return new OpenCalls(names, names.stream().map(node -> call(node, invocation)).toList());
  }
}
