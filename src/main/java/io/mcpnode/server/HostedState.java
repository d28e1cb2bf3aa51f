package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The state of a session or handle that this node owns. */
final class HostedState implements CallState {

  private static final long NOTHING = -1;

  private final Hosted hosted;
  private final AtomicLong seen = new AtomicLong(NOTHING);
  private volatile boolean updated;

  HostedState(Hosted hosted) {
    this.hosted = hosted;
  }

  @Override
  public Optional<String> handle() {
    StateRecord record = hosted.record();
    return record.kind() == Kind.HANDLE ? Optional.of(record.key()) : Optional.empty();
  }

  @Override
  public <T> Optional<T> get(String key, Class<T> type) {
    StateRecord record = hosted.record();
    saw(record);
    return Optional.ofNullable(StateValues.read(record.contents(), key, type));
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the change may answer, see the interface
  public <T> T update(String key, Class<T> type, UnaryOperator<T> change) {
    StateValues.Change<T> changed = new StateValues.Change<>(key, type, change);
    try {
      saw(hosted.change(changed));
      updated = true;
    } catch (WireException e) {
      throw refusal(e);
    }
    return changed.value();
  }

  private void saw(StateRecord record) {
    seen.accumulateAndGet(record.version(), Math::max);
  }

  @Override
  public boolean changed() {
    return updated;
  }

  @Override
  public Future<Void> safe(boolean told) {
    long version = seen.get();
    return version == NOTHING ? Future.succeededFuture() : hosted.copied(version);
  }

  private static McpException refusal(WireException e) {
    return Failures.reason(e) == Failure.OVERLOADED
        ? new McpException(
            RpcCode.INTERNAL_ERROR.value(), "state: larger than the node allows; nothing changed")
        : new McpException(RpcCode.OWNER_LOST.value(), "owner lost");
  }
}
