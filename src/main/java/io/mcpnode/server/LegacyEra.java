package io.mcpnode.server;

import io.mcpnode.affinity.Affinity;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.affinity.Reply;
import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.EraRules;
import io.mcpnode.protocol.Message;
import io.mcpnode.protocol.MessageWriter;
import io.mcpnode.protocol.Methods;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.mcpnode.server.Failures.Asked;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.SessionInfo;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The revisions up to 2025-11-25: a session, opened by {@code initialize}, owned by one node. */
final class LegacyEra implements Era {

  private static final Logger LOG = LoggerFactory.getLogger(LegacyEra.class);

  /** Answered by every session that is there. */
  private static final Buffer PING =
      Buffer.buffer("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"ping\"}");

  private final Affinity affinity;
  private final Answers answers;
  private final Failures failures;
  private final Catalogs catalogs;
  private final ToolCatalog tools;
  private final SessionMethods methods;
  private final Streams streams;
  private final CallStreams callStreams;
  private final FollowedStream.Parts following;

  LegacyEra(
      Affinity affinity,
      Answers answers,
      Failures failures,
      Catalogs catalogs,
      SessionMethods methods,
      Streams streams,
      CallStreams callStreams,
      Clock clock) {
    this.affinity = affinity;
    this.answers = answers;
    this.failures = failures;
    this.catalogs = catalogs;
    this.tools = catalogs.tools();
    this.methods = methods;
    this.streams = streams;
    this.callStreams = callStreams;
    following = new FollowedStream.Parts(affinity, this::read, answers, failures, streams, clock);
  }

  /** {@code initialize} of a client that has no session yet. */
  void open(ClientRequest request, Message.Request initialize, ClientReply client) {
    SessionOpening opening = SessionOpening.of(initialize);
    RequestId id = initialize.id();
    SessionInfo info = opening.info();
    if (info == null) {
      client.end(answers.error(id, Objects.requireNonNull(opening.error())));
      return;
    }
    EdgeReply reply = new EdgeReply(client, failures, id, Asked.IN_SESSION, null);
    byte[] result = catalogs.features().initializeResult(opening.revision());
    Span span = client.span().child(Span.Hop.REPLICATE);
    affinity
        .create(Kind.SESSION, request.principal(), Contents.ofSession(info))
        .onComplete(
            session -> {
              span.end();
              reply.end(answers.opened(MessageWriter.result(id, result), session.record().key()));
            },
            lost -> {
              span.fail(WireException.from(lost));
              reply.end(failures.answer(Failures.reason(lost), id, Asked.IN_SESSION));
            });
  }

  @Override
  public void receive(ClientRequest request, Message message, ClientReply client) {
    RequestId id = message instanceof Message.Request asks ? asks.id() : null;
    String key = request.sessionId();
    if (key == null) {
      boolean socket = request.transport() == ClientRequest.Transport.WEBSOCKET;
      client.end(
          answers.refused(socket ? EraRules.notInitialized(id) : EraRules.sessionMissing(id)));
      return;
    }
    Asked asked =
        id == null && !(message instanceof Message.Batch) ? Asked.WITHOUT_ANSWER : Asked.IN_SESSION;
    Hosted session = affinity.enter(key);
    EdgeReply reply =
        new EdgeReply(client, failures, id, asked, session)
            .resumedBy((there, last) -> goOn(there, key, request.principal(), last));
    boolean resumable = client.resumable() && !(message instanceof Message.Batch);
    if (session != null) {
      try {
        execute(session, message, request.principal(), reply);
      } catch (RuntimeException e) {
        LOG.error("a message could not be served", e);
        reply.fail(new WireException(Failure.INTERNAL, "not served"));
      }
    } else if (Keys.plausible(key)) {
      affinity.dispatch(key, Forwarding.message(request, repeatable(message), resumable), reply);
    } else {
      reply.fail(Keys.notFound());
    }
  }

  /** The client reads the news of its session, or goes on with a stream. */
  void stream(ClientRequest request, @Nullable String last, ClientReply client) {
    String session = request.sessionId();
    if (session == null) {
      client.end(answers.refused(EraRules.sessionMissing(null)));
      return;
    }
    EventId id = EventId.of(last);
    boolean endless = id == null || id.isNews();
    String key = id == null || endless ? session : id.stream();
    if (Keys.plausible(session)) {
      // An id that is none of ours is like one whose history is gone: all may have changed.
      String known = last == null || id != null ? last : EventId.ofNews(0, 0, 0).toString();
      String principal = request.principal();
      FollowedStream stream =
          new FollowedStream(following, client, key, session, principal, known, false);
      if (!endless) {
        resume(stream, session, principal, client);
      } else if (streams.listeners().leaving()) {
        stream.pass();
      } else {
        stream.begin();
      }
    } else {
      client.end(failures.answer(Failure.NOT_FOUND, null, Asked.WITHOUT_ANSWER));
    }
  }

  /**
   * The log of a call outlives its session for a while, so the session is asked for first: one that
   * has ended, or is another client's, is none. While nobody can say, the log alone decides.
   */
  private void resume(FollowedStream stream, String session, String principal, ClientReply client) {
    Awaited there = new Awaited();
    Hosted here = affinity.enter(session);
    if (here == null) {
      affinity.dispatch(
          session, new Request(Request.Verb.MESSAGE, PING, principal, null, true), there);
    } else {
      if (infoFor(here, principal) == null) {
        there.fail(Keys.notFound());
      } else {
        there.end(answers.accepted());
      }
      here.leave();
    }
    there
        .answer()
        .onComplete(
            lives -> stream.begin(),
            problem -> {
              if (Failures.reason(problem) == Failure.NOT_FOUND) {
                client.end(failures.answer(Failure.NOT_FOUND, null, Asked.WITHOUT_ANSWER));
              } else {
                stream.begin();
              }
            });
  }

  /** The node of a call was lost after it had begun to stream. */
  private void goOn(ClientReply client, String session, String principal, String last) {
    EventId id = EventId.of(last);
    String key = id == null ? session : id.stream();
    new FollowedStream(following, client, key, session, principal, last, true).begin();
  }

  /** At the owner of what is read. */
  void read(Hosted hosted, Request request, Reply reply) {
    String[] asked = request.body().toString(StandardCharsets.UTF_8).split("\n", 2);
    EventId after = EventId.of(asked.length == 2 && !asked[1].isEmpty() ? asked[1] : null);
    StateRecord record = hosted.record();
    boolean found = record.principal().equals(request.principal());
    if (found && record.kind() == Kind.STREAM && after != null) {
      found = callStreams.attach(hosted, asked[0], after, reply);
    } else if (found && record.kind() == Kind.SESSION) {
      found = news(hosted, after, reply);
    } else {
      found = false;
    }
    if (found) {
      reply.detach();
    } else {
      reply.fail(Keys.notFound());
    }
  }

  private boolean news(Hosted hosted, @Nullable EventId after, Reply reply) {
    SessionInfo info = hosted.record().contents().session();
    Revision revision = info == null ? null : Revision.of(info.protocolVersion());
    if (revision == null) {
      return false;
    }
    streams.newsOf(hosted, answers.ended()).attach(reply, after, revision.primes());
    return true;
  }

  /**
   * At the owner of a session: a task of it has changed. Nobody hears of it who does not listen.
   */
  void heard(Hosted session, Request request, Reply reply) {
    if (infoFor(session, request.principal()) == null) {
      reply.fail(Keys.notFound());
      return;
    }
    SessionNews news = session.attached(SessionNews.class);
    if (news != null) {
      Buffer body = request.body();
      int end = body.toString(StandardCharsets.UTF_8).indexOf('\n');
      news.tell(body.getString(0, end), body.slice(end + 1, body.length()));
    }
    reply.end(answers.accepted());
  }

  /** The client ends its session. */
  void end(ClientRequest request, ClientReply client) {
    String key = request.sessionId();
    if (key == null) {
      client.end(answers.refused(EraRules.sessionMissing(null)));
      return;
    }
    Hosted session = affinity.enter(key);
    EdgeReply reply = new EdgeReply(client, failures, null, Asked.WITHOUT_ANSWER, session);
    if (session != null) {
      end(session, request.principal(), reply);
    } else if (Keys.plausible(key)) {
      affinity.dispatch(key, Forwarding.end(request), reply);
    } else {
      reply.fail(Keys.notFound());
    }
  }

  /** At the owner: running calls are cancelled, and every node answers 404 from now on. */
  void end(Hosted session, String principal, Reply reply) {
    if (infoFor(session, principal) == null) {
      reply.fail(Keys.notFound());
      return;
    }
    session.attachment(RunningCalls.class, RunningCalls::new).cancelAll();
    affinity
        .end(session)
        .onComplete(
            done -> reply.end(answers.ended()),
            lost -> reply.end(failures.answer(Failures.reason(lost), null, Asked.WITHOUT_ANSWER)));
  }

  @Override
  public void execute(Hosted session, Message message, String principal, Reply reply) {
    SessionInfo info = infoFor(session, principal);
    if (info == null) {
      reply.fail(Keys.notFound());
      return;
    }
    Revision revision = Revision.of(info.protocolVersion());
    if (revision == null) {
      // A node of another version opened it with a revision that this one does not speak.
      reply.fail(new WireException(Failure.NODE_DOWN, "revision " + info.protocolVersion()));
      return;
    }
    methods.answer(session, revision, message, principal, reply);
  }

  /** Null unless it is a session of this principal. */
  private static @Nullable SessionInfo infoFor(Hosted hosted, String principal) {
    StateRecord record = hosted.record();
    return record.kind() == Kind.SESSION && record.principal().equals(principal)
        ? record.contents().session()
        : null;
  }

  /** Only a call of a tool can do harm when it is executed twice. */
  private boolean repeatable(Message message) {
    if (message instanceof Message.Batch batch) {
      return batch.messages().stream().allMatch(this::repeatable);
    }
    if (message instanceof Message.Request request && request.method().equals(Methods.TOOLS_CALL)) {
      String name = request.params().name();
      ToolCatalog.Entry tool = name == null ? null : tools.tool(name);
      return tool == null || tool.repeatable();
    }
    return true;
  }
}
