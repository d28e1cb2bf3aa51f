package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.Decision;
import io.mcpnode.protocol.HttpStatus;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers in the name of one node.
 *
 * @param node its name
 */
record Answers(String node) {

  static Buffer buffer(JsonOut out) {
    return Buffer.buffer(out.size()).appendBytes(out.array(), 0, out.size());
  }

  Answer ok(JsonOut message) {
    return Answer.ok(node, buffer(message));
  }

  /** An error of the message that the transport is not concerned with. */
  Answer error(@Nullable RequestId id, RpcCode code, String message) {
    return error(id, RpcError.of(code, message));
  }

  Answer error(@Nullable RequestId id, RpcError error) {
    return error(HttpStatus.OK, id, error);
  }

  Answer error(HttpStatus status, @Nullable RequestId id, RpcError error) {
    return new Answer(status.code(), buffer(MessageWriter.error(id, error)), node, null, 0);
  }

  Answer refused(Decision.Refused refused) {
    return error(refused.status(), refused.id(), refused.error());
  }

  Answer accepted() {
    return Answer.accepted(node);
  }

  /** Of a session that has been ended. */
  Answer ended() {
    return new Answer(HttpStatus.OK.code(), null, node, null, 0);
  }

  /** Of {@code initialize}. */
  Answer opened(JsonOut message, String sessionId) {
    return new Answer(HttpStatus.OK.code(), buffer(message), node, sessionId, 0);
  }
}
