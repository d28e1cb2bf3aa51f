package io.mcpnode.protocol;

import org.jspecify.annotations.Nullable;

/** Which era a message belongs to, and whether it may go on. */
public sealed interface Decision {

  /** A request with a complete envelope of the stateless era, for a method that is offered. */
  record Modern(Message.Request request) implements Decision {}

  /** A notification of the stateless era: accepted and without effect. */
  record ModernNotification(Message.Notification notification) implements Decision {}

  /** {@code initialize}: opens a session, unless the client has one already. */
  record Initialize(Message.Request request) implements Decision {}

  /** Anything else of the eras with sessions, batches among it: needs the session. */
  record Legacy(Message message) implements Decision {}

  /**
   * The end of GET and DELETE: of the eras with sessions, for the session that the headers name.
   */
  record SessionVerb() implements Decision {}

  /**
   * The answer is an error.
   *
   * @param id of the request, if it could be read
   */
  record Refused(HttpStatus status, @Nullable RequestId id, RpcError error) implements Decision {

    static Refused badRequest(@Nullable RequestId id, RpcCode code, String message) {
      return new Refused(HttpStatus.BAD_REQUEST, id, RpcError.of(code, message));
    }
  }
}
