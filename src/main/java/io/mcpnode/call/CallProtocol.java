package io.mcpnode.call;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** How operations are called on another node. Frozen with a release; a change is V2. */
public interface CallProtocol {

  Contract V1 = Contract.of("call", 1, Invoke.class, Cancel.class, Returned.class, Failed.class);

  /**
   * Calls an operation. Answered by {@link Returned} or {@link Failed}.
   *
   * @param args a JSON array
   * @param traceparent W3C trace context, null if there is none
   */
  record Invoke(String service, String function, Buffer args, @Nullable String traceparent)
      implements WireMessage {}

  /** Sent after an {@link Invoke}: nobody waits for its answer any more. */
  record Cancel() implements WireMessage {}

  /**
   * The operation is done.
   *
   * @param value JSON
   */
  record Returned(Buffer value) implements WireMessage {}

  /** The operation was refused, or failed. */
  record Failed(CallError error, CallException.Executed executed, String message)
      implements WireMessage {}
}
