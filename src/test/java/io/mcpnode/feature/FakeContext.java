package io.mcpnode.feature;

import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.LogLevel;
import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.State;
import io.mcpnode.api.ToolContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** A call of a session, or of a handle, whose state is a map. */
public final class FakeContext implements ToolContext {

  private final Optional<String> session;
  private final Map<String, Object> values = new HashMap<>();
  private final List<Runnable> onCancel = new ArrayList<>();
  private boolean cancelled;

  /** What the client answers, by the key of the question; what is not there it can't do. */
  public final Map<String, Object> answers = new HashMap<>();

  /** What the client was told that its user has done. */
  public final List<String> completed = new CopyOnWriteArrayList<>();

  /** What the client's model was asked. */
  public final List<SampleRequest> sampled = new CopyOnWriteArrayList<>();

  /** What was reported, in order. */
  public final List<Double> reported = new CopyOnWriteArrayList<>();

  public final List<String> logged = new CopyOnWriteArrayList<>();

  public final List<Double> totals = new CopyOnWriteArrayList<>();

  private FakeContext(Optional<String> session) {
    this.session = session;
  }

  public static FakeContext session() {
    return new FakeContext(Optional.of("s-1"));
  }

  public static FakeContext handle() {
    return new FakeContext(Optional.empty());
  }

  @Override
  public String node() {
    return "n1";
  }

  @Override
  public String owner() {
    return "n2";
  }

  @Override
  public long epoch() {
    return 3;
  }

  @Override
  public Optional<String> sessionId() {
    return session;
  }

  @Override
  public String principal() {
    return "anonymous";
  }

  @Override
  public String protocolVersion() {
    return "2025-11-25";
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.empty();
  }

  @Override
  public State state() {
    return new State() {
      @Override
      public Optional<String> handle() {
        return session.isPresent() ? Optional.empty() : Optional.of("h-1");
      }

      @Override
      public <T> Optional<T> get(String key, Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(key)));
      }

      @Override
      public <T> T update(String key, Class<T> type, UnaryOperator<T> change) {
        T next = change.apply(type.cast(values.get(key)));
        values.put(key, next);
        return next;
      }
    };
  }

  @Override
  public void progress(double progress, double total, String message) {
    reported.add(progress);
    totals.add(total);
  }

  @Override
  public void log(LogLevel level, String logger, Object data) {
    logged.add(level + " " + logger + " " + data);
  }

  @Override
  public boolean supports(ClientCapability capability) {
    return !answers.isEmpty();
  }

  private <T> CompletableFuture<T> answer(String key, Class<T> type, ClientCapability capability) {
    return answers.containsKey(key)
        ? CompletableFuture.completedFuture(type.cast(answers.get(key)))
        : CompletableFuture.failedFuture(new MissingCapabilityException(capability));
  }

  @Override
  public CompletableFuture<ElicitResponse> elicit(String key, ElicitRequest request) {
    return answer(key, ElicitResponse.class, ClientCapability.ELICITATION);
  }

  @Override
  public void elicitationComplete(String id) {
    completed.add(id);
  }

  @Override
  public CompletableFuture<Void> ping() {
    return answers.containsKey("ping")
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new TimeoutException("nobody there"));
  }

  @Override
  public CompletableFuture<SampleResponse> sample(String key, SampleRequest request) {
    sampled.add(request);
    return answer(key, SampleResponse.class, ClientCapability.SAMPLING);
  }

  @Override
  @SuppressWarnings("unchecked") // a list of roots is all that is put there
  public CompletableFuture<List<Root>> roots(String key) {
    return (CompletableFuture<List<Root>>)
        (CompletableFuture<?>) answer(key, List.class, ClientCapability.ROOTS);
  }

  @Override
  public void closeStream() {}

  @Override
  public CompletableFuture<Void> task() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    } else {
      onCancel.add(action);
    }
  }

  public void cancel() {
    cancelled = true;
    onCancel.forEach(Runnable::run);
  }
}
