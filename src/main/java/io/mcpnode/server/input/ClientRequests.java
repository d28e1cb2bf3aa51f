package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.ClientErrorException;
import io.mcpnode.protocol.JsonOut;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests to clients whose calls wait on this node. Each belongs to one session; only that
 * session can answer it. Bounded, and none waits longer than its time. Any thread.
 */
public final class ClientRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ClientRequests.class);

  /** Waiting at once on one node. */
  static final int MAX_WAITING = 10_000;

  private record Waiting(
      AskedId id,
      String session,
      long deadline,
      Function<Buffer, Future<Void>> toClient,
      CompletableFuture<JsonNode> answer) {}

  private final ConcurrentHashMap<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final NodeId self;
  private final Clock clock;
  private final Counter refused;

  public ClientRequests(NodeId self, Clock clock, MeterRegistry meters) {
    this.self = self;
    this.clock = clock;
    refused = meters.counter("mcp.refused", "limit", "clientRequests");
    Gauge.builder("mcp.client.requests", waiting, ConcurrentHashMap::size)
        .description("Requests to clients that wait for their answers")
        .strongReference(true)
        .register(meters);
  }

  /**
   * Sends a request and completes with the result that the client answers. Fails with {@link
   * ClientErrorException}, with {@link TimeoutException}, whereupon the client is told that the
   * answer is no longer wanted, or if the request could not be sent.
   *
   * @param toClient writes to the stream of the call that asks
   */
  public CompletableFuture<JsonNode> ask(
      String session, Question<?> question, Function<Buffer, Future<Void>> toClient) {
    if (waiting.size() >= MAX_WAITING) {
      refused.increment();
      return CompletableFuture.failedFuture(
          new IllegalStateException("this node waits for too many clients: " + MAX_WAITING));
    }
    AskedId id = new AskedId(self, numbers.incrementAndGet());
    Waiting asked =
        new Waiting(
            id,
            session,
            clock.nanos() + question.timeout().toNanos(),
            toClient,
            new CompletableFuture<>());
    waiting.put(id.number(), asked);
    asked.answer().whenComplete((result, problem) -> waiting.remove(id.number(), asked));
    JsonOut request = MessageWriter.request(id.asRequestId(), question.method(), question.params());
    toClient
        .apply(Buffer.buffer(request.toByteArray()))
        .onFailure(
            problem ->
                asked
                    .answer()
                    .completeExceptionally(
                        new IllegalStateException("the client could not be asked", problem)));
    return asked.answer();
  }

  /**
   * A client has answered. False if nobody of its session waits for that.
   *
   * @param value the result, or the error
   */
  public boolean answered(String session, AskedId id, boolean error, JsonNode value) {
    Waiting asked = waiting.get(id.number());
    if (asked == null || !asked.id().equals(id) || !asked.session().equals(session)) {
      return false;
    }
    return error
        ? asked
            .answer()
            .completeExceptionally(
                new ClientErrorException(
                    value.path("code").asInt(), value.path("message").asText("refused")))
        : asked.answer().complete(value);
  }

  /** Gives up what has waited too long. */
  public void expire() {
    long now = clock.nanos();
    for (Waiting asked : waiting.values()) {
      if (now - asked.deadline() >= 0 && waiting.remove(asked.id().number(), asked)) {
        // First, while the stream of the call is open.
        asked
            .toClient()
            .apply(
                Buffer.buffer(
                    MessageWriter.cancelled(asked.id().asRequestId(), "timeout").toByteArray()))
            .onFailure(problem -> LOG.debug("{} is gone: {}", asked.id(), problem.toString()));
        asked
            .answer()
            .completeExceptionally(new TimeoutException("the client did not answer in time"));
      }
    }
  }
}
