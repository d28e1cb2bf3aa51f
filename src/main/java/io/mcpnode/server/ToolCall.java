package io.mcpnode.server;

import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.LogLevel;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.State;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Revision;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.server.input.Inputs;
import io.mcpnode.server.input.Questions;
import io.mcpnode.server.input.Round;
import io.mcpnode.server.input.RoundInputs;
import io.mcpnode.state.Kind;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Span;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of a tool, as the tool sees it and as its client may end it. */
final class ToolCall extends CallOutput implements ToolContext {

  private static final Logger LOG = LoggerFactory.getLogger(ToolCall.class);

  private static final AtomicReferenceFieldUpdater<ToolCall, Inputs> INPUTS =
      AtomicReferenceFieldUpdater.newUpdater(ToolCall.class, Inputs.class, "inputs");

  private final @Nullable String logLevel;
  private @Nullable ProgressRelay progress;
  private final @Nullable RunningCalls running;
  private final Round round;
  private @Nullable TaskOnDemand task;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicReference<@Nullable CallState> state = new AtomicReference<>();
  private volatile boolean done;
  private Span span = Span.NONE;
  private volatile @Nullable Inputs inputs;
  private String related = "";

  ToolCall(
      CallParts parts,
      Message.Request request,
      Revision revision,
      String principal,
      @Nullable Hosted hosted,
      Reply reply,
      @Nullable RunningCalls running,
      Round round) {
    super(parts, request, revision, principal, hosted, reply);
    this.logLevel = request.params().meta().logLevel();
    this.running = running;
    this.round = round;
  }

  /** Before the tool starts. */
  void reportTo(ProgressRelay relay) {
    progress = relay;
  }

  /** What its messages say about what they belong to, JSON; before the tool starts. */
  void relatesTo(String meta) {
    related = meta;
  }

  /** It can become a task; before the tool starts. */
  void canBecome(TaskOnDemand onDemand) {
    task = onDemand;
  }

  /** The task that it can become, or has become; null if none. */
  @Nullable TaskOnDemand onDemand() {
    return task;
  }

  /** The call goes on after its answer. */
  void goOn(Inputs source) {
    inputs = source;
  }

  /** Nobody waits for the tool any more. */
  void abandon() {
    toolDone();
    cancellation.cancel();
  }

  /** Before the tool starts. */
  void asksWith(Inputs source) {
    inputs = source;
  }

  /** Before the tool runs. */
  void begin(String tool) {
    begin(tool, reply.span().child(Span.Hop.EXECUTE));
  }

  /** Before the tool runs, in a span that has begun. */
  void begin(String tool, Span execution) {
    span = execution;
    if (span.isRecorded()) {
      CallSpans.describe(span, tool, this);
    }
  }

  /** Of the request that this call answers. */
  Span callSpan() {
    return reply.span();
  }

  /** Of the execution. */
  Span span() {
    return span;
  }

  /** Begins the wait for the copies of what the call changed. */
  Span replicating() {
    Span copies = reply.span().child(Span.Hop.REPLICATE);
    if (hosted != null && copies.isRecorded()) {
      StateRecord record = hosted.record();
      copies
          .with("mcpnode.version", record.version())
          .with("mcpnode.replicas", String.join(",", record.backups()));
    }
    return copies;
  }

  /** Asks the client; null unless the call runs as a task. */
  @Nullable InputAsker asker() {
    return reply instanceof InputAsker asker ? asker : null;
  }

  /** Null if the tool has not asked for it. */
  @Nullable CallState touched() {
    return state.get();
  }

  /** The id is free again. */
  void leave() {
    if (running != null) {
      running.remove(request.id(), this);
    }
  }

  /** No report and no log message goes out after this. */
  void toolDone() {
    done = true;
    if (progress != null) {
      progress.close();
    }
  }

  @Override
  void ended() {
    Inputs asked = inputs;
    if (asked != null) {
      asked.end();
    }
  }

  /** The client gave up: the tool is told, and nothing more is sent. */
  void cancel() {
    if (!isEnded()) {
      toolDone();
      cancellation.cancel();
      end(parts.answers().accepted());
    }
  }

  /** What the call has left open for the next round; null if nothing, or if there are no rounds. */
  @Nullable RoundInputs leftOpen() {
    return inputs instanceof RoundInputs rounds && !rounds.open().isEmpty() ? rounds : null;
  }

  private Inputs inputs() {
    Inputs known = inputs;
    return known != null ? known : createInputs();
  }

  private Inputs createInputs() {
    Inputs fresh =
        revision.modern()
            ? new RoundInputs(round, Abilities.of(request.params(), revision))
            : parts.held(this, hosted);
    INPUTS.compareAndSet(this, null, fresh);
    Inputs known = inputs;
    return known == null ? fresh : known;
  }

  @Override
  public String node() {
    return parts.answers().node();
  }

  @Override
  public String owner() {
    return hosted == null ? node() : hosted.record().owner().name();
  }

  @Override
  public long epoch() {
    return hosted == null ? 0 : hosted.record().epoch();
  }

  @Override
  public Optional<String> sessionId() {
    if (hosted == null) {
      return Optional.empty();
    }
    StateRecord record = hosted.record();
    return record.kind() == Kind.SESSION ? Optional.of(record.key()) : Optional.empty();
  }

  @Override
  public String protocolVersion() {
    return revision.date();
  }

  @Override
  public Optional<String> traceparent() {
    return Optional.ofNullable(span.traceparent());
  }

  @Override
  public State state() {
    CallState known = state.get();
    if (known != null) {
      return known;
    }
    CallState fresh = parts.stateOf(hosted, principal);
    CallState before = state.compareAndExchange(null, fresh);
    return before == null ? fresh : before;
  }

  @Override
  public void progress(double value, double total, String message) {
    if (progress != null) {
      progress.report(value, total, message);
    }
  }

  @Override
  public void log(LogLevel level, String logger, Object data) {
    io.mcpnode.protocol.LogLevel wire = io.mcpnode.protocol.LogLevel.valueOf(level.name());
    if (!done && CallLog.wanted(wire, revision, logLevel, hosted)) {
      send(Answers.buffer(MessageWriter.log(wire, logger, CallLog.json(data), related)))
          .onFailure(full -> parts.logDropped().increment());
    }
  }

  @Override
  public boolean supports(ClientCapability capability) {
    return inputs().abilities().has(capability);
  }

  @Override
  public CompletableFuture<ElicitResponse> elicit(String key, ElicitRequest question) {
    return inputs().ask(key, Questions.elicit(question, revision, parts::randomId));
  }

  @Override
  public void elicitationComplete(String id) {
    if (!done && !revision.modern() && supports(ClientCapability.URL_ELICITATION)) {
      send(Answers.buffer(MessageWriter.elicitationComplete(id, related)))
          .onFailure(gone -> LOG.debug("{} hears of no elicitation: {}", id(), gone.toString()));
    }
  }

  @Override
  public CompletableFuture<Void> ping() {
    return inputs().ping();
  }

  @Override
  public CompletableFuture<SampleResponse> sample(String key, SampleRequest question) {
    return inputs().ask(key, Questions.sample(question, revision));
  }

  @Override
  public CompletableFuture<List<Root>> roots(String key) {
    return inputs().ask(key, Questions.roots());
  }

  @Override
  public void closeStream() {
    disconnect();
  }

  @Override
  public CompletableFuture<Void> task() {
    TaskOnDemand onDemand = task;
    return onDemand == null ? CompletableFuture.completedFuture(null) : onDemand.begin(this);
  }

  @Override
  public boolean isCancelled() {
    return cancellation.isCancelled();
  }

  @Override
  public void onCancel(Runnable action) {
    cancellation.onCancel(action);
  }
}
