package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client hears of a failure inside the cluster: the one map to HTTP statuses and JSON-RPC
 * codes. Never a 404 for what may still exist: a client would throw its session away.
 */
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int RETRY_AFTER_SECONDS = 1;
  private static final int RETRY_AFTER_PARTITION_SECONDS = 5;

  private final Answers answers;

  Failures(Answers answers) {
    this.answers = answers;
  }

  /** This node. */
  String node() {
    return answers.node();
  }

  /** What failed. */
  enum Asked {
    /** Something within a session. */
    IN_SESSION,
    /** A notification, or the end of a session: does no harm when it is sent again. */
    WITHOUT_ANSWER,
    /** A call of 2026-07-28, where the key is an argument and not a session. */
    WITH_HANDLE,
    /** A method about a task. */
    ABOUT_TASK;

    static Asked of(Revision revision) {
      return revision.modern() ? WITH_HANDLE : IN_SESSION;
    }
  }

  Answer answer(Failure failure, @Nullable RequestId id, Asked asked) {
    return switch (failure) {
      case NOT_FOUND -> notFound(id, asked);
      case STALE_EPOCH, INDETERMINATE ->
          asked == Asked.WITHOUT_ANSWER
              ? later(failure, null, "the owner was lost; send it again", RETRY_AFTER_SECONDS)
              : answers.error(HttpStatus.OK, id, ownerLost());
      case NO_QUORUM ->
          later(
              failure,
              id,
              "this side of the cluster must not serve state now; try again later",
              RETRY_AFTER_PARTITION_SECONDS);
      case DRAINING -> later(failure, id, "the node is leaving; try again", RETRY_AFTER_SECONDS);
      case OVERLOADED ->
          later(failure, id, "a limit of the node is reached; try later", RETRY_AFTER_SECONDS);
      case NODE_DOWN, NOT_OWNER, LATE ->
          later(
              failure,
              id,
              "the owner is being replaced, nothing was done; try again",
              RETRY_AFTER_SECONDS);
      case INVALID ->
          answers.error(
              HttpStatus.BAD_REQUEST,
              id,
              RpcError.of(RpcCode.INVALID_REQUEST, "the owner could not read the message"));
      case INTERNAL ->
          answers.error(
              HttpStatus.INTERNAL_SERVER_ERROR,
              id,
              RpcError.of(RpcCode.INTERNAL_ERROR, "internal error"));
    };
  }

  /**
   * The same for a call that has run already and must not run twice: what its state failed with may
   * say that nothing was done, but that goes for the state only.
   */
  Answer afterRun(Failure failure, @Nullable RequestId id, Asked asked) {
    return failure == Failure.NOT_FOUND || failure == Failure.INTERNAL
        ? answer(failure, id, asked)
        : answers.error(HttpStatus.OK, id, ownerLost());
  }

  /**
   * A failure that names no reason leaves open what has happened. Logs why a client will hear that
   * the owner was lost: that answer itself tells nothing.
   */
  static Failure reason(Throwable cause) {
    Failure failure = cause instanceof WireException e ? e.failure() : Failure.INDETERMINATE;
    if (failure == Failure.STALE_EPOCH || failure == Failure.INDETERMINATE) {
      LOG.info("A client is told that the owner was lost: {}", cause.toString());
    }
    return failure;
  }

  /** The call may have been executed, and nobody can say (contract, owner lost). */
  static RpcError ownerLost() {
    return new RpcError(
        RpcCode.OWNER_LOST, "owner lost", "{\"retryable\":false,\"executed\":\"unknown\"}");
  }

  /** The log of the call is gone, and with it whatever became of the call. */
  static RpcError historyLost() {
    return new RpcError(
        RpcCode.OWNER_LOST, "history lost", "{\"retryable\":false,\"executed\":\"unknown\"}");
  }

  /** In place of an answer that is too large to be copied to other nodes. */
  static RpcError notKept(int bytes) {
    return new RpcError(
        RpcCode.INTERNAL_ERROR,
        "the answer of " + bytes + " bytes was too large to be kept",
        "{\"retryable\":false,\"executed\":true}");
  }

  private Answer notFound(@Nullable RequestId id, Asked asked) {
    if (asked == Asked.ABOUT_TASK) {
      return answers.error(id, RpcCode.INVALID_PARAMS, "unknown task");
    }
    return asked == Asked.WITH_HANDLE
        ? answers.error(id, RpcCode.INVALID_PARAMS, "unknown handle")
        : answers.error(
            HttpStatus.NOT_FOUND, id, RpcError.of(RpcCode.SESSION_NOT_FOUND, "session not found"));
  }

  private Answer later(
      Failure failure, @Nullable RequestId id, String message, int retryAfterSeconds) {
    String data =
        "{\"retryable\":true,\"reason\":\"" + failure.name().toLowerCase(Locale.ROOT) + "\"}";
    return new Answer(
        HttpStatus.SERVICE_UNAVAILABLE.code(),
        Answers.buffer(
            MessageWriter.error(id, new RpcError(RpcCode.INTERNAL_ERROR, message, data))),
        answers.node(),
        null,
        retryAfterSeconds);
  }

  /** What an author threw, as a client of this revision gets it. */
  static RpcError protocolError(McpException e, Revision revision) {
    if (e.code() == RpcCode.OWNER_LOST.value()) {
      return ownerLost();
    }
    String message = e.getMessage();
    return RpcError.of(sayable(e.code(), revision), message == null ? "" : message);
  }

  /**
   * A code that the specification keeps for itself means more than an author can know: a header, a
   * status or data that go with it (2026-07-28, error codes).
   */
  private static RpcCode sayable(int code, Revision revision) {
    if (code <= RpcCode.FIRST_RESERVED && code >= RpcCode.LAST_RESERVED) {
      return RpcCode.INTERNAL_ERROR;
    }
    return code == RpcCode.RESOURCE_NOT_FOUND.value() && revision.modern()
        ? RpcCode.INVALID_PARAMS
        : new RpcCode(code);
  }
}
