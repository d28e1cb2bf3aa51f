package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.protocol.Decision;
import io.mcpnode.protocol.EraRules;
import io.mcpnode.protocol.FeatureWriter;
import io.mcpnode.protocol.Headers;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageParser;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.state.Kind;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MCP on one node: decides the era of what comes in and hands it to that era. */
public final class McpDispatcher implements McpService, Affinity.Executor {

  private static final Logger LOG = LoggerFactory.getLogger(McpDispatcher.class);
  private static final String LAST_EVENT_ID = "last-event-id";

  private final Answers answers;
  private final Failures failures;
  private final LegacyEra legacy;
  private final ModernEra modern;
  private final CallGate gate;
  private final EdgeSpans spans;
  private final Tasks tasks;

  /**
   * @param streams started by whoever made it
   * @param registry of all features; its changes are followed
   * @param node the name of this node
   * @param server what clients are told of it
   * @param maxStateBytes of a handle that a call mints, and of a task
   * @param secret the same on all nodes
   * @param announcements tells clients of changes
   * @param loop runs tasks
   */
  public McpDispatcher(
      Affinity affinity,
      Streams streams,
      FeatureRegistry registry,
      String node,
      ServerCard server,
      CallLimits limits,
      int maxStateBytes,
      Clock clock,
      MeterRegistry meters,
      Spans spans,
      ClusterSecret secret,
      Announcements announcements,
      Loop loop) {
    answers = new Answers(node);
    failures = new Failures(answers);
    gate = new CallGate(limits.running(), meters);
    this.spans = new EdgeSpans(spans);
    Cursors cursors = new Cursors(secret);
    Catalogs catalogs = new Catalogs(registry, server, cursors, announcements, meters).follow();
    Pages pages = new Pages(answers, cursors);
    MessageWriter writer = new MessageWriter(server);
    CallStreams callStreams = new CallStreams(affinity, answers, clock, meters);
    streams.onTick(callStreams::tick);
    streams.subscriptions(McpDispatcher::subscriptions);
    streams.promised(change -> catalogs.features().tells(change));
    CallRates rates = new CallRates(limits.perSecond(), clock, meters);
    CallParts parts = new CallParts(affinity, streams, callStreams, answers, maxStateBytes, meters);
    CallEnd end = new CallEnd(answers, failures, writer, streams.rounds(), gate);
    CallRunner calls =
        new CallRunner(parts, end, callStreams, streams.rounds(), answers, failures, gate, clock);
    tasks =
        new Tasks(
            affinity,
            calls,
            gate,
            catalogs.tools(),
            answers,
            failures,
            server,
            spans,
            loop,
            clock,
            maxStateBytes,
            meters);
    FeatureMethods features =
        new FeatureMethods(answers, catalogs, pages, calls, new FeatureWriter(server));
    SessionMethods methods =
        new SessionMethods(
            answers,
            failures,
            catalogs,
            pages,
            calls,
            features,
            rates,
            new SessionSettings(answers, failures, meters),
            tasks.methods(),
            streams.answers());
    legacy =
        new LegacyEra(affinity, answers, failures, catalogs, methods, streams, callStreams, clock);
    modern =
        new ModernEra(
            affinity,
            answers,
            failures,
            catalogs,
            pages,
            calls,
            features,
            rates,
            tasks,
            streams.listeners(),
            server);
  }

  private static Set<String> subscriptions(Hosted session) {
    SessionInfo info = session.record().contents().session();
    return info == null ? Set.of() : info.subscriptions();
  }

  /** Tool calls that run on this node now. */
  public int runningCalls() {
    return gate.running();
  }

  /** Completes when no task runs on this node; for when no new one can begin. */
  public Future<Void> tasksEnded() {
    return tasks.ended();
  }

  @Override
  public void owned(Hosted hosted) {
    tasks.owned(hosted);
  }

  @Override
  public void message(ClientRequest request, ClientReply client) {
    ClientReply reply = client;
    try {
      Message message = MessageParser.parse(request.body().getBytes());
      boolean silent =
          request.transport() == ClientRequest.Transport.WEBSOCKET
              && (message instanceof Message.Notification || message instanceof Message.Response);
      reply = spans.begin(request, message, silent ? new Unanswered(client) : client);
      receive(request, message, reply);
    } catch (RuntimeException e) {
      LOG.error("a message could not be served", e);
      reply.end(failures.answer(Failure.INTERNAL, null, Failures.Asked.IN_SESSION));
    }
  }

  private void receive(ClientRequest request, Message message, ClientReply reply) {
    tellMethod(message, reply);
    if (tookBack(request, message, reply)) {
      reply.end(answers.accepted());
      return;
    }
    Decision decision = EraRules.decide(message, request.protocolHeaders());
    if (decision instanceof Decision.Legacy) {
      legacy.receive(request, message, reply);
    } else if (decision instanceof Decision.Modern asks) {
      reply.named(asks.request().id());
      modern.receive(request, message, reply);
    } else if (decision instanceof Decision.ModernNotification) {
      modern.receive(request, message, reply);
    } else if (decision instanceof Decision.Initialize initialize) {
      Runnable open = () -> legacy.open(request, initialize.request(), reply);
      if (request.sessionId() == null) {
        open.run();
      } else {
        boolean socket = request.transport() == ClientRequest.Transport.WEBSOCKET;
        legacy.receive(request, message, socket ? new Reopening(reply, open) : reply);
      }
    } else if (decision instanceof Decision.Refused refused) {
      reply.end(answers.refused(refused));
    }
  }

  /**
   * On a socket a client of 2026-07-28 can't end one request by going away, so it says so. It need
   * not say which revision it speaks.
   */
  private static boolean tookBack(ClientRequest request, Message message, ClientReply reply) {
    if (request.transport() != ClientRequest.Transport.WEBSOCKET
        || !(message instanceof Message.Notification notification)) {
      return false;
    }
    RequestId id = notification.takesBack();
    return id != null && reply.takeBack(id);
  }

  private static void tellMethod(Message message, ClientReply reply) {
    if (message instanceof Message.Request asks) {
      reply.asked(asks.method());
    } else if (message instanceof Message.Notification tells) {
      reply.asked(tells.method());
    } else if (message instanceof Message.Batch) {
      reply.asked("batch");
    } else if (message instanceof Message.Response) {
      reply.asked("response");
    }
  }

  @Override
  public void end(ClientRequest request, ClientReply client) {
    ClientReply reply = spans.beginEnd(request, client);
    reply.asked("end");
    Headers headers = request.protocolHeaders();
    Decision decision =
        headers == null
            ? new Decision.SessionVerb()
            : EraRules.decide("DELETE", request.sessionId(), headers);
    if (decision instanceof Decision.Refused refused) {
      reply.end(answers.refused(refused));
    } else {
      legacy.end(request, reply);
    }
  }

  @Override
  public void stream(ClientRequest request, ClientReply reply) {
    Headers headers = request.protocolHeaders();
    Decision decision =
        headers == null
            ? new Decision.SessionVerb()
            : EraRules.decide("GET", request.sessionId(), headers);
    if (decision instanceof Decision.Refused refused) {
      reply.end(answers.refused(refused));
    } else {
      legacy.stream(request, headers == null ? null : headers.get(LAST_EVENT_ID), reply);
    }
  }

  @Override
  public void execute(Hosted hosted, Request request, Reply reply) {
    try {
      serve(hosted, request, reply);
    } catch (RuntimeException e) {
      LOG.error("a forwarded message could not be served", e);
      reply.fail(new WireException(Failure.INTERNAL, "not served"));
    }
  }

  private void serve(Hosted hosted, Request request, Reply reply) {
    if (request.verb() == Request.Verb.END) {
      CallSpans.describeEnd(reply.span(), session(hosted));
      legacy.end(hosted, request.principal(), reply);
      return;
    }
    if (request.verb() == Request.Verb.TASK) {
      tasks.execute(hosted, request, reply);
      return;
    }
    if (request.verb() == Request.Verb.NEWS) {
      legacy.heard(hosted, request, reply);
      return;
    }
    if (request.verb() == Request.Verb.STREAM) {
      legacy.read(hosted, request, reply);
      return;
    }
    Message message = MessageParser.parse(request.body().getBytes());
    if (reply.span().isRecorded()) {
      CallSpans.describe(reply.span(), message, session(hosted));
    }
    if (message instanceof Message.Invalid) {
      LOG.warn("a forwarded message can't be read: {}", message);
      reply.fail(new WireException(Failure.INVALID, "not a message"));
    } else if (message.claimsModern()) {
      modern.execute(hosted, message, request.principal(), reply);
    } else {
      legacy.execute(hosted, message, request.principal(), reply);
    }
  }

  /** Null for a handle. */
  private static @Nullable String session(Hosted hosted) {
    StateRecord record = hosted.record();
    return record.kind() == Kind.SESSION ? record.key() : null;
  }
}
