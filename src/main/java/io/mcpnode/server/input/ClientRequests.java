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
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
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

  /** A client that has said nothing since it was answered {@code initialize} may be so slow. */
  public static final Duration SLOWEST_START = Duration.ofSeconds(10);

  private static final class Waiting {
    private final AskedId id;
    private final Session session;
    private final Question<?> question;
    private final Function<Buffer, Future<Void>> toClient;
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private final AtomicBoolean sent = new AtomicBoolean();
    private volatile long deadline;

    Waiting(
        AskedId id,
        Session session,
        Question<?> question,
        Function<Buffer, Future<Void>> toClient,
        long deadline) {
      this.id = id;
      this.session = session;
      this.question = question;
      this.toClient = toClient;
      this.deadline = deadline;
    }

    /** Before {@code notifications/initialized} a client is asked for signs of life alone. */
    boolean maySend() {
      return question.needs() == null || session.initialized().getAsBoolean();
    }
  }

  /**
   * Whose client is asked.
   *
   * @param initialized the client has said that it is ready for requests
   */
  public record Session(String key, BooleanSupplier initialized) {}

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
   * Sends a request, as soon as the client is ready for one, and completes with the result that it
   * answers. Fails with {@link ClientErrorException}, with {@link TimeoutException}, whereupon the
   * client is told that the answer is no longer wanted, or if the request could not be sent.
   *
   * @param toClient writes to the stream of the call that asks
   */
  public CompletableFuture<JsonNode> ask(
      Session session, Question<?> question, Function<Buffer, Future<Void>> toClient) {
    if (waiting.size() >= MAX_WAITING) {
      refused.increment();
      return CompletableFuture.failedFuture(
          new IllegalStateException("this node waits for too many clients: " + MAX_WAITING));
    }
    AskedId id = new AskedId(self, numbers.incrementAndGet());
    long start = clock.nanos() + SLOWEST_START.toNanos();
    Waiting asked = new Waiting(id, session, question, toClient, start);
    waiting.put(id.number(), asked);
    asked.answer.whenComplete((result, problem) -> waiting.remove(id.number(), asked));
    sendIfReady(asked);
    return asked.answer;
  }

  private void sendIfReady(Waiting asked) {
    if (asked.sent.get() || !asked.maySend() || !asked.sent.compareAndSet(false, true)) {
      return;
    }
    asked.deadline = clock.nanos() + asked.question.timeout().toNanos();
    JsonOut request =
        MessageWriter.request(
            asked.id.asRequestId(), asked.question.method(), asked.question.params());
    asked
        .toClient
        .apply(Buffer.buffer(request.toByteArray()))
        .onFailure(
            problem ->
                asked.answer.completeExceptionally(
                    new IllegalStateException("the client could not be asked", problem)));
  }

  /**
   * A client has answered. False if nobody of its session waits for that.
   *
   * @param value the result, or the error
   */
  public boolean answered(String session, AskedId id, boolean error, JsonNode value) {
    Waiting asked = waiting.get(id.number());
    if (asked == null || !asked.id.equals(id) || !asked.session.key().equals(session)) {
      return false;
    }
    return error
        ? asked.answer.completeExceptionally(
            new ClientErrorException(
                value.path("code").asInt(), value.path("message").asText("refused")))
        : asked.answer.complete(value);
  }

  /** Asks the clients that are ready by now, and gives up what has waited too long. */
  public void tick() {
    long now = clock.nanos();
    for (Waiting asked : waiting.values()) {
      sendIfReady(asked);
      if (now - asked.deadline >= 0 && waiting.remove(asked.id.number(), asked)) {
        giveUp(asked);
      }
    }
  }

  private static void giveUp(Waiting asked) {
    if (!asked.sent.get()) {
      asked.answer.completeExceptionally(
          new TimeoutException("the client has not sent notifications/initialized"));
      return;
    }
    // First, while the stream of the call is open.
    asked
        .toClient
        .apply(
            Buffer.buffer(MessageWriter.cancelled(asked.id.asRequestId(), "timeout").toByteArray()))
        .onFailure(problem -> LOG.debug("{} is gone: {}", asked.id, problem.toString()));
    asked.answer.completeExceptionally(new TimeoutException("the client did not answer in time"));
  }
}
