package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The state of a call that names none: the first change mints a handle, and the record is created
 * with all that the call put into it before the answer goes out.
 */
final class MintedState implements CallState {

  private final Affinity affinity;
  private final String principal;
  private final int maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable String key;
  private Contents contents = Contents.ofHandle();
  private boolean ended;

  MintedState(Affinity affinity, String principal, int maxBytes) {
    this.affinity = affinity;
    this.principal = principal;
    this.maxBytes = maxBytes;
  }

  @Override
  public Optional<String> handle() {
    lock.lock();
    try {
      return Optional.ofNullable(key);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> Optional<T> get(String name, Class<T> type) {
    lock.lock();
    try {
      return Optional.ofNullable(StateValues.read(contents, name, type));
    } finally {
      lock.unlock();
    }
  }

  @Override
  @SuppressWarnings("NullAway") // null is what the change may answer, see the interface
  public <T> T update(String name, Class<T> type, UnaryOperator<T> change) {
    StateValues.Change<T> changed = new StateValues.Change<>(name, type, change);
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a change within a change of the same state");
    }
    lock.lock();
    try {
      if (ended) {
        throw new McpException(
            RpcCode.INTERNAL_ERROR.value(), "state: changed after the call ended");
      }
      Contents after = changed.apply(contents);
      if (size(after) > maxBytes) {
        throw new McpException(
            RpcCode.INTERNAL_ERROR.value(), "state: larger than the node allows; nothing changed");
      }
      contents = after;
      if (key == null) {
        key = affinity.newKey(Kind.HANDLE);
      }
    } finally {
      lock.unlock();
    }
    return changed.value();
  }

  @Override
  public boolean changed() {
    return handle().isPresent();
  }

  @Override
  public Future<Void> safe(boolean told) {
    lock.lock();
    try {
      ended = true;
      return key == null || !told
          ? Future.succeededFuture()
          : affinity.create(key, Kind.HANDLE, principal, contents).mapEmpty();
    } finally {
      lock.unlock();
    }
  }

  private static long size(Contents contents) {
    long size = 0;
    for (Map.Entry<String, String> value : contents.values().entrySet()) {
      size += value.getKey().length() + (long) value.getValue().length();
    }
    return size;
  }
}
