package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.server.input.ClientRequests;
import io.mcpnode.server.input.HeldInputs;
import io.mcpnode.server.input.Inputs;
import io.mcpnode.state.Kind;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.state.StateRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call needs of its node while it runs: its state, its stream, its client's answers. */
final class CallParts {

  private final Affinity affinity;
  private final Streams streams;
  private final CallStreams callStreams;
  private final Answers answers;
  private final int maxStateBytes;
  private final Counter progressDropped;
  private final Counter logDropped;

  CallParts(
      Affinity affinity,
      Streams streams,
      CallStreams callStreams,
      Answers answers,
      int maxStateBytes,
      MeterRegistry meters) {
    this.affinity = affinity;
    this.streams = streams;
    this.callStreams = callStreams;
    this.answers = answers;
    this.maxStateBytes = maxStateBytes;
    progressDropped =
        Counter.builder("mcp.progress.dropped")
            .description("Progress reports for which the client was too slow")
            .register(meters);
    logDropped =
        Counter.builder("mcp.log.dropped")
            .description("Log messages for which the client was too slow")
            .register(meters);
  }

  Answers answers() {
    return answers;
  }

  Counter logDropped() {
    return logDropped;
  }

  Counter progressDropped() {
    return progressDropped;
  }

  CallState stateOf(@Nullable Hosted hosted, String principal) {
    if (hosted instanceof TaskState ofTask) {
      return ofTask.state();
    }
    return hosted == null
        ? new MintedState(affinity, principal, maxStateBytes)
        : new HostedState(hosted);
  }

  /** Where a call of a session gets its client's answers. */
  Inputs held(ToolCall call, @Nullable Hosted session) {
    Hosted there = Objects.requireNonNull(session, "a call without a session");
    StateRecord record = there.record();
    SessionInfo info = Objects.requireNonNull(record.contents().session(), "not a session");
    return new HeldInputs(
        streams.requests(),
        new ClientRequests.Session(record.key(), () -> initialized(there)),
        Abilities.of(info.clientCapabilities(), call.revision()),
        call::send);
  }

  private static boolean initialized(Hosted session) {
    SessionInfo now = session.record().contents().session();
    return now != null && now.initialized();
  }

  /** The stream of a call within a session, which any node can go on with. */
  CallStream stream(CallOutput call, Hosted session, Reply reply) {
    return callStreams.begin(
        session.record().key(), call.id(), call.principal(), reply, call.revision().primes());
  }

  /** Nobody can guess it. */
  String randomId() {
    return affinity.newKey(Kind.HANDLE);
  }
}
