package io.mcpnode.server.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.MissingCapabilityException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Questions to a client with a session: the call waits while the client answers. */
public final class HeldInputs implements Inputs {

  private final ClientRequests requests;
  private final ClientRequests.Session session;
  private final Abilities abilities;
  private final Function<Buffer, Future<Void>> toClient;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<JsonNode>> pings = new ConcurrentHashMap<>();
  private final AtomicInteger pinged = new AtomicInteger();

  private record Asked(CompletableFuture<JsonNode> answer, CompletableFuture<?> read) {}

  public HeldInputs(
      ClientRequests requests,
      ClientRequests.Session session,
      Abilities abilities,
      Function<Buffer, Future<Void>> toClient) {
    this.requests = requests;
    this.session = session;
    this.abilities = abilities;
    this.toClient = toClient;
  }

  @Override
  public Abilities abilities() {
    return abilities;
  }

  @Override
  @SuppressWarnings("unchecked") // a key always stands for the same question
  public <T> CompletableFuture<T> ask(String key, Question<T> question) {
    MissingCapabilityException lacking = abilities.lacking(question);
    if (lacking != null) {
      return CompletableFuture.failedFuture(lacking);
    }
    return (CompletableFuture<T>)
        asked
            .computeIfAbsent(
                key,
                k -> {
                  CompletableFuture<JsonNode> answer = requests.ask(session, question, toClient);
                  return new Asked(answer, answer.thenApply(question.reader()));
                })
            .read();
  }

  @Override
  public CompletableFuture<Void> ping() {
    CompletableFuture<JsonNode> answer = requests.ask(session, Questions.ping(), toClient);
    Integer number = pinged.incrementAndGet();
    pings.put(number, answer);
    return answer.whenComplete((pong, problem) -> pings.remove(number)).thenAccept(pong -> {});
  }

  @Override
  public void end() {
    asked.values().forEach(each -> each.answer().cancel(false));
    pings.values().forEach(each -> each.cancel(false));
  }
}
