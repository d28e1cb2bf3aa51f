package io.mcpnode.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.api.ClientErrorException;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.state.TaskOutcome;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task on this node, from the call of the tool until the owner knows how it ended. The
 * owner may be another node, and a different one from day to day.
 */
final class TaskRun implements InputAsker, Reply {

  /** What every run needs. */
  record Parts(TaskDoor door, TaskOutcomes outcomes, TaskRuns runs, Clock clock) {}

  private static final Pattern NUMBERED = Pattern.compile("\\.[0-9]+$");

  private final Parts parts;
  private final String key;
  private final String requester;
  private final int run;
  private final ToolCatalog.Entry tool;
  private final @Nullable TaskState state;
  private final @Nullable Hosted hosted;
  private final Span execution;
  private final Map<String, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean toolDone = new AtomicBoolean();
  private @Nullable ToolCall call;

  /**
   * @param hosted the task, if this node owned it when the run began
   * @param execution of the tool; ended by the run
   */
  TaskRun(
      Parts parts,
      String key,
      String requester,
      int run,
      ToolCatalog.Entry tool,
      @Nullable TaskState state,
      @Nullable Hosted hosted,
      Span execution) {
    this.parts = parts;
    this.key = key;
    this.requester = requester;
    this.run = run;
    this.tool = tool;
    this.state = state;
    this.hosted = hosted;
    this.execution = execution;
  }

  /** A call that runs already has become this task. */
  void goOn(ToolCall toolCall, long version) {
    call = toolCall;
    watch(version);
  }

  /** On an event loop. */
  void begin(ToolCall toolCall, ObjectNode arguments, long version) {
    call = toolCall;
    watch(version);
    long started = parts.clock().nanos();
    Future<ToolOutcome> outcome;
    try {
      outcome = tool.tool().call(arguments, toolCall);
    } catch (Throwable e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(result -> toolDone(toolCall, started, result));
  }

  void toolDone(ToolCall toolCall, long started, AsyncResult<ToolOutcome> result) {
    tool.duration().record(parts.clock().nanos() - started, TimeUnit.NANOSECONDS);
    toolDone.set(true);
    toolCall.toolDone();
    if (execution.isRecorded()) {
      CallSpans.end(toolCall, result);
    }
    if (toolCall.isCancelled()) {
      finish();
      return;
    }
    TaskOutcome outcome =
        result.succeeded()
            ? parts.outcomes().of(tool.name(), result.result())
            : parts.outcomes().of(tool.name(), result.cause(), toolCall.revision());
    CallState touched = toolCall.touched();
    if (touched == null) {
      report(outcome);
      return;
    }
    Span copies = touched.changed() ? toolCall.replicating() : Span.NONE;
    touched
        .safe(result.succeeded())
        .onComplete(
            copied -> {
              copies.end();
              report(outcome);
            },
            lost -> {
              copies.fail(WireException.from(lost));
              report(
                  Failures.reason(lost) == Failure.INTERNAL
                      ? parts.outcomes().of(tool.name(), lost, toolCall.revision())
                      : TaskOutcomes.lost());
            });
  }

  private void report(TaskOutcome outcome) {
    parts
        .door()
        .persist(
            key, new TaskAsk.Ended(run, outcome), requester, news -> finish(), gone -> finish());
  }

  /** The owner knows, or nobody wants to know any more. */
  private void finish() {
    if (ended.compareAndSet(false, true)) {
      if (state != null) {
        state.release();
      }
      asked.values().forEach(answer -> answer.cancel(false));
      parts.runs().ended(key, this);
    }
  }

  /** Learns from the owner, whoever it is, what the client does about the task. */
  private void watch(long version) {
    if (!ended.get()) {
      parts
          .door()
          .persist(
              key,
              new TaskAsk.Watch(version, true),
              requester,
              news -> {
                heard(news);
                watch(news.version());
              },
              gone -> abandon());
    }
  }

  private void heard(TaskNews news) {
    if (ended.get()) {
      return;
    }
    if (news.terminal() || news.run() != run) {
      abandon();
      return;
    }
    news.answers()
        .forEach(
            (input, json) -> {
              CompletableFuture<JsonNode> waiting = asked.get(input);
              if (waiting != null) {
                answer(waiting, json);
              }
            });
  }

  private static void answer(CompletableFuture<JsonNode> waiting, String json) {
    JsonNode answer;
    try {
      answer = TaskAsk.MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("was JSON when it was stored", e);
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      waiting.completeExceptionally(
          new ClientErrorException(error.path("code").asInt(), error.path("message").asText()));
    } else {
      waiting.complete(answer);
    }
  }

  /** Nobody waits for this run: the tool is told, and what it answers goes nowhere. */
  private void abandon() {
    ToolCall running = call;
    if (running != null && !toolDone.get()) {
      running.abandon();
      asked.values().forEach(answer -> answer.cancel(false));
    }
  }

  @Override
  public CompletableFuture<JsonNode> ask(String question, String method, ObjectNode params) {
    String input = key(question, run);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    CompletableFuture<JsonNode> before = asked.putIfAbsent(input, answer);
    if (before != null) {
      return before;
    }
    try {
      ask(input, request(method, params), answer);
    } catch (RuntimeException | Error e) {
      // Whoever asks this again waits for the same answer.
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /**
   * A later run asks under keys of its own: no key is used twice in the life of a task. One that
   * looks like that of a later run gets a number in the first one, too.
   */
  private static String key(String question, int run) {
    return run == 1 && !NUMBERED.matcher(question).find() ? question : question + '.' + run;
  }

  private static String request(String method, ObjectNode params) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("method", method);
    request.set("params", params);
    return request.toString();
  }

  private void ask(String input, String request, CompletableFuture<JsonNode> answer) {
    if (ended.get()) {
      answer.completeExceptionally(new CancellationException("the task has ended"));
      return;
    }
    parts
        .door()
        .tell(key, new TaskAsk.Asks(run, input, request), requester)
        .onFailure(
            problem ->
                answer.completeExceptionally(
                    new McpException(
                        RpcCode.INTERNAL_ERROR.value(),
                        WireException.from(problem).failure() == Failure.INVALID
                            ? String.valueOf(problem.getMessage())
                            : "the question could not be asked")));
  }

  /** What the call says on the way goes to whoever waits for the result, if that is known here. */
  @Override
  public Future<Void> event(Buffer message) {
    return hosted == null
        ? Future.succeededFuture()
        : hosted.attachment(TaskWatch.class, TaskWatch::new).event(message);
  }

  /** The call is over for its client; what the run does is part of the execution. */
  @Override
  public Span span() {
    return execution;
  }

  @Override
  public void end(Answer answer) {
    // The client has its answer since the task was created.
  }

  @Override
  public void fail(WireException reason) {
    // As for the end.
  }

  @Override
  public void onClientGone(Runnable action) {
    // A task does not depend on a connection.
  }
}
