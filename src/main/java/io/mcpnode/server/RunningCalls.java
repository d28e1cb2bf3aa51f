package io.mcpnode.server;

import io.mcpnode.protocol.RequestId;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The calls of one session that run on this node, by the id of their request. */
final class RunningCalls {

  private final ConcurrentMap<RequestId, ToolCall> calls = new ConcurrentHashMap<>(4);

  /** False if a request with this id is in flight already. */
  boolean add(RequestId id, ToolCall call) {
    return calls.putIfAbsent(id, call) == null;
  }

  void remove(RequestId id, ToolCall call) {
    calls.remove(id, call);
  }

  /** Does nothing for an id that isn't known, or no longer. */
  void cancel(RequestId id) {
    ToolCall call = calls.get(id);
    if (call != null) {
      call.cancel();
    }
  }

  void cancelAll() {
    List.copyOf(calls.values()).forEach(ToolCall::cancel);
  }
}
