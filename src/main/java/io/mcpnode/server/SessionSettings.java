package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.protocol.LogLevel;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client sets for its session: kept with it, and answered when the copies have it. */
final class SessionSettings {

  /** Characters of all addresses that one session subscribes to. */
  static final int MAX_SUBSCRIBED = 64 * 1024;

  private final Answers answers;
  private final Failures failures;
  private final Counter refused;

  SessionSettings(Answers answers, Failures failures, MeterRegistry meters) {
    this.answers = answers;
    this.failures = failures;
    refused = meters.counter("mcp.refused", "limit", "subscriptions");
  }

  /** {@code notifications/initialized}. */
  void initialized(Hosted session, Reply reply) {
    SessionInfo info = session.record().contents().session();
    if (info == null || info.initialized()) {
      reply.end(answers.accepted());
    } else {
      change(session, SessionInfo::asInitialized, null, answers.accepted(), reply);
    }
  }

  /** {@code logging/setLevel}. */
  void logLevel(Hosted session, Message.Request request, Reply reply) {
    JsonNode said = request.params().tree().path("level");
    LogLevel level = LogLevel.of(said.textValue());
    if (level == null) {
      refuse(
          request,
          "params.level: "
              + (said.isMissingNode() ? "missing" : RpcError.quote(said.asText()))
              + " (expected: one of "
              + LogLevel.EXPECTED
              + ")",
          reply);
      return;
    }
    change(session, info -> info.withLogLevel(level.wire()), request, reply);
  }

  /** {@code resources/subscribe}. */
  void subscribe(Hosted session, Message.Request request, Reply reply) {
    String uri = request.params().uri();
    String wrong = ResourceParams.wrong(uri);
    if (uri == null || wrong != null) {
      refuse(request, String.valueOf(wrong), reply);
      return;
    }
    SessionInfo now = session.record().contents().session();
    int length = uri.length();
    if (now != null && !now.subscriptions().contains(uri)) {
      length += now.subscriptions().stream().mapToInt(String::length).sum();
    }
    if (length > MAX_SUBSCRIBED) {
      refused.increment();
      refuse(
          request,
          "subscriptions: "
              + length
              + " characters of addresses (expected: <= "
              + MAX_SUBSCRIBED
              + ")",
          reply);
      return;
    }
    change(session, info -> info.subscribed(uri), request, reply);
  }

  /** {@code resources/unsubscribe}. */
  void unsubscribe(Hosted session, Message.Request request, Reply reply) {
    String uri = request.params().uri();
    if (uri == null) {
      refuse(request, String.valueOf(ResourceParams.wrong(null)), reply);
      return;
    }
    change(session, info -> info.unsubscribed(uri), request, reply);
  }

  private void refuse(Message.Request request, String why, Reply reply) {
    reply.end(answers.error(request.id(), RpcError.of(RpcCode.INVALID_PARAMS, why)));
  }

  private void change(
      Hosted session, UnaryOperator<SessionInfo> change, Message.Request request, Reply reply) {
    change(session, change, request.id(), answers.ok(MessageWriter.empty(request.id())), reply);
  }

  private void change(
      Hosted session,
      UnaryOperator<SessionInfo> change,
      @Nullable RequestId id,
      Answer done,
      Reply reply) {
    Failures.Asked asked = id == null ? Failures.Asked.WITHOUT_ANSWER : Failures.Asked.IN_SESSION;
    StateRecord changed;
    try {
      changed =
          session.change(
              contents -> {
                SessionInfo now = contents.session();
                return now == null ? contents : contents.with(change.apply(now));
              });
    } catch (WireException e) {
      reply.end(failures.answer(e.failure(), id, asked));
      return;
    }
    Span span = reply.span().child(Span.Hop.REPLICATE);
    session
        .copied(changed.version())
        .onComplete(
            copied -> {
              span.end();
              reply.end(done);
            },
            lost -> {
              span.fail(WireException.from(lost));
              Failure reason = Failures.reason(lost);
              reply.end(failures.answer(reason, id, asked));
            });
  }
}
