package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.affinity.Hosted;
import io.mcpnode.membership.Membership;
import io.mcpnode.server.input.ClientRequests;
import io.mcpnode.server.input.OneTime;
import io.mcpnode.server.input.Rounds;
import io.mcpnode.server.input.Seal;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What travels between this node and its clients beside answers: questions to them, what they
 * answer, and news of changes. Usable after {@link #start}.
 */
public final class Streams implements StreamsProtocol.Handler<Future<? extends WireMessage>> {

  private static final long TICK_MILLIS = 250;

  /** More than a session can open in that time. */
  private static final long STREAMS_A_MILLI = 1_000;

  private final Rpc rpc;
  private final Membership membership;
  private final ClientRequests requests;
  private final ClientAnswers answers;
  private final Rounds rounds;
  private final Clock clock;
  private final Listeners listeners;
  private final Publisher publisher;
  private final Set<FollowedStream> followed = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Runnable> soon = new ConcurrentLinkedQueue<>();
  private volatile Runnable onTick = () -> {};
  private volatile Function<Hosted, Iterable<String>> subscriptions = session -> List.of();
  private volatile Predicate<StreamsProtocol.Change> promised = change -> true;
  private volatile boolean left;

  /**
   * @param seal the same on all nodes
   * @param once for the whole cluster
   */
  public Streams(
      Rpc rpc, Membership membership, Seal seal, OneTime once, Clock clock, MeterRegistry meters) {
    this.rpc = rpc;
    this.membership = membership;
    this.clock = clock;
    requests = new ClientRequests(membership.self(), clock, meters);
    answers = new ClientAnswers(rpc, requests);
    rounds = new Rounds(seal, once, clock);
    listeners = new Listeners(clock, meters);
    publisher = new Publisher(rpc, membership, listeners, meters);
  }

  /** Completes when other nodes can reach this one. */
  public Future<Void> start(Vertx vertx) {
    return vertx.deployVerticle(new Control()).mapEmpty();
  }

  /** Receives what other nodes say, and keeps the time. */
  private final class Control extends VerticleBase {
    @Override
    public Future<?> start() {
      vertx.setPeriodic(TICK_MILLIS, timer -> tick());
      return rpc.serve(StreamsProtocol.V1, Streams.this::arrived);
    }
  }

  void tick() {
    requests.tick();
    onTick.run();
    // What these want to do in a moment waits for the next tick.
    List<Runnable> now = new ArrayList<>();
    for (Runnable action = soon.poll(); action != null; action = soon.poll()) {
      now.add(action);
    }
    now.forEach(Runnable::run);
    listeners.leaving(left || membership.isDraining(membership.self()));
  }

  /** Tells the clients of all nodes. */
  public Announcements announcements() {
    return publisher;
  }

  /**
   * Ends the streams that hear of changes, the young ones soon, so that their clients listen
   * elsewhere.
   */
  public void leave() {
    left = true;
    List.copyOf(followed).forEach(FollowedStream::leave);
    listeners.leaving(true);
  }

  void arrived(Rpc.Incoming incoming) {
    if (incoming.message() instanceof StreamsProtocol.Arriving message) {
      message
          .on(this)
          .onComplete(incoming::reply, problem -> incoming.fail(WireException.from(problem)));
    } else {
      incoming.fail(new WireException(Failure.INVALID, "not a request: " + incoming.message()));
    }
  }

  @Override
  public Future<? extends WireMessage> respond(StreamsProtocol.Respond message) {
    return answers.respond(message);
  }

  @Override
  public Future<? extends WireMessage> announce(StreamsProtocol.Announce message) {
    listeners.announce(message);
    return Future.succeededFuture(new StreamsProtocol.Responded(true));
  }

  @Override
  public Future<? extends WireMessage> tell(StreamsProtocol.Tell message) {
    listeners.tell(message.session(), message.message());
    return Future.succeededFuture(new StreamsProtocol.Responded(true));
  }

  /** Tells where a session keeps the addresses of the resources of whose updates it hears. */
  void subscriptions(Function<Hosted, Iterable<String>> ofSession) {
    subscriptions = ofSession;
  }

  /** Tells of which changes the clients of this node are promised to hear. */
  void promised(Predicate<StreamsProtocol.Change> changes) {
    promised = changes;
  }

  /** Runs the action four times a second. */
  void onTick(Runnable action) {
    onTick = action;
  }

  /** Runs the action in a moment. */
  void soon(Runnable action) {
    soon.add(action);
  }

  void follow(FollowedStream stream) {
    followed.add(stream);
  }

  void unfollow(FollowedStream stream) {
    followed.remove(stream);
  }

  /** What a session hears of, at its owner. */
  SessionNews newsOf(Hosted session, Answer replaced) {
    return session.attachment(
        SessionNews.class,
        () -> {
          SessionNews news =
              new SessionNews(
                  session, clock.millis() * STREAMS_A_MILLI, subscriptions, promised, replaced);
          listeners.add(news);
          session.onLost(
              reason -> {
                listeners.remove(news);
                news.lost(reason);
              });
          return news;
        });
  }

  ClientRequests requests() {
    return requests;
  }

  ClientAnswers answers() {
    return answers;
  }

  Rounds rounds() {
    return rounds;
  }

  Listeners listeners() {
    return listeners;
  }
}
