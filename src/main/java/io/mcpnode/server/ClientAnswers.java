package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.protocol.Message;
import io.mcpnode.server.input.AskedId;
import io.mcpnode.server.input.ClientRequests;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what clients answer to the node where the call waits, which the id of the request names.
 */
final class ClientAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(ClientAnswers.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Rpc rpc;
  private final ClientRequests requests;

  ClientAnswers(Rpc rpc, ClientRequests requests) {
    this.rpc = rpc;
    this.requests = requests;
  }

  /**
   * At the owner of the session. Completes when the waiting call has the answer, or nobody can have
   * it any more: an unknown id, or a node that is gone.
   */
  Future<Void> arrived(String session, Message.Response response) {
    AskedId id = AskedId.of(response.id());
    if (id == null) {
      return Future.succeededFuture();
    }
    JsonNode value = response.value().tree();
    if (id.node().equals(rpc.self())) {
      requests.answered(session, id, response.error(), value);
      return Future.succeededFuture();
    }
    StreamsProtocol.Respond message =
        new StreamsProtocol.Respond(
            session, id.node(), id.number(), response.error(), Buffer.buffer(value.toString()));
    return tell(id, message, true);
  }

  private Future<Void> tell(AskedId id, StreamsProtocol.Respond message, boolean again) {
    return rpc.ask(id.node(), StreamsProtocol.V1, message, PATIENCE)
        .<Void>mapEmpty()
        .recover(
            problem -> {
              if (again && WireException.from(problem).failure() == Failure.INDETERMINATE) {
                return tell(id, message, false);
              }
              LOG.debug("Nobody waits for the answer to {}: {}", id, problem.toString());
              return Future.succeededFuture();
            });
  }

  /** At the node where the call waits. */
  Future<? extends WireMessage> respond(StreamsProtocol.Respond message) {
    try {
      return Future.succeededFuture(
          new StreamsProtocol.Responded(
              requests.answered(
                  message.session(),
                  new AskedId(message.node(), message.number()),
                  message.error(),
                  MAPPER.readTree(message.value().getBytes()))));
    } catch (IOException e) {
      return Future.failedFuture(new WireException(Failure.INVALID, "value: not JSON"));
    }
  }
}
