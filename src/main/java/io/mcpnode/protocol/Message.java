package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC message as it came in. */
public sealed interface Message {

  record Request(RequestId id, String method, Params params) implements Message {}

  record Notification(String method, Params params) implements Message {

    /** The request that the client takes back with it; null if none. */
    public @Nullable RequestId takesBack() {
      return method.equals(Methods.CANCELLED)
          ? RequestId.of(params.tree().path("requestId"))
          : null;
    }
  }

  /**
   * The answer to a request of the server.
   *
   * @param id null only in an error that can't name it
   * @param error the value is an error, else a result
   * @param value the result or the error; empty if it is not an object
   */
  record Response(@Nullable RequestId id, boolean error, Params value) implements Message {}

  /**
   * An array; its elements are never batches.
   *
   * @param messages at least one
   */
  record Batch(List<Message> messages) implements Message {
    public Batch {
      messages = List.copyOf(messages);
    }
  }

  /**
   * None of these.
   *
   * @param id if it could be read
   */
  record Invalid(@Nullable RequestId id, RpcError error) implements Message {}

  /** It carries the envelope of the stateless era. */
  default boolean claimsModern() {
    if (this instanceof Request request) {
      return request.params().meta().claimsModern();
    }
    return this instanceof Notification notification && notification.params().meta().claimsModern();
  }
}
