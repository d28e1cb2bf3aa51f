package io.mcpnode.affinity;

import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.partition.Departures;
import io.mcpnode.replication.StateStore;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Serves what other nodes ask about state that is owned here, and runs the timers. */
final class AffinityVerticle extends VerticleBase
    implements AffinityProtocol.Handler<Future<? extends WireMessage>>, Membership.Listener {

  private static final Duration MOVE_PATIENCE = Duration.ofSeconds(2);
  private static final long ORPHAN_LOOK_MILLIS = 10_000;
  private static final long DRAIN_LOOK_MILLIS = 1_000;

  private final Rpc rpc;
  private final Host host;
  private final StateStore store;
  private final Membership membership;
  private final Directory directory;
  private final Departures departures;
  private final Migration migration;
  private final DrainControl drain;
  private final ShareMover shares;
  private final Rebalancer rebalancer;
  private final Failover failover;
  private final Clock clock;
  private final Duration drainTimeout;
  private final long sweepMillis;

  AffinityVerticle(
      Rpc rpc,
      Host host,
      StateStore store,
      Membership membership,
      Directory directory,
      Departures departures,
      Migration migration,
      DrainControl drain,
      ShareMover shares,
      Rebalancer rebalancer,
      Failover failover,
      Clock clock,
      Duration drainTimeout,
      long sweepMillis) {
    this.rpc = rpc;
    this.host = host;
    this.store = store;
    this.membership = membership;
    this.directory = directory;
    this.departures = departures;
    this.migration = migration;
    this.drain = drain;
    this.shares = shares;
    this.rebalancer = rebalancer;
    this.failover = failover;
    this.clock = clock;
    this.drainTimeout = drainTimeout;
    this.sweepMillis = sweepMillis;
  }

  @Override
  public Future<?> start() {
    membership.listen(this);
    vertx.setPeriodic(sweepMillis, timer -> host.sweep());
    vertx.setPeriodic(ORPHAN_LOOK_MILLIS, timer -> failover.look());
    vertx.setPeriodic(DRAIN_LOOK_MILLIS, timer -> drain.goOn());
    return rpc.serve(AffinityProtocol.V1, this::arrived);
  }

  private void arrived(Rpc.Incoming incoming) {
    WireMessage message = incoming.message();
    if (message instanceof AffinityProtocol.Request request) {
      request
          .on(this)
          .onComplete(incoming::reply, problem -> incoming.fail(WireException.from(problem)));
    } else {
      incoming.fail(new WireException(Failure.INVALID, "not a request: " + message));
    }
  }

  @Override
  public Future<AffinityProtocol.Adopted> adopt(AffinityProtocol.Adopt message) {
    return Future.join(
            message.keys().stream()
                .map(
                    key ->
                        store
                            .get(key)
                            .onSuccess(
                                stored -> {
                                  if (stored != null && stored.owner().equals(membership.self())) {
                                    host.adopt(key, stored);
                                  }
                                }))
                .toList())
        .map(all -> new AffinityProtocol.Adopted(message.keys().size()));
  }

  @Override
  public Future<AffinityProtocol.Moved> move(AffinityProtocol.Move message) {
    return directory
        .look(message.key())
        .compose(
            stored -> {
              if (stored == null) {
                return Future.failedFuture(LocalExecution.notFound(message.key()));
              }
              if (!stored.owner().equals(membership.self())) {
                return Future.failedFuture(WireException.notOwner(stored.owner(), stored.epoch()));
              }
              host.adopt(message.key(), stored);
              return migration.move(
                  message.key(), message.target(), message.backups(), MOVE_PATIENCE, true);
            });
  }

  @Override
  public Future<AffinityProtocol.DrainState> setDrain(AffinityProtocol.SetDrain message) {
    if (message.on()) {
      drain.drain(drainTimeout);
    } else {
      drain.undo();
    }
    return Future.succeededFuture(drain.state());
  }

  @Override
  public Future<AffinityProtocol.Balance> askBalance(AffinityProtocol.AskBalance message) {
    return shares.state();
  }

  @Override
  public Future<AffinityProtocol.Balance> give(AffinityProtocol.Give message) {
    Map<String, Long> records = new LinkedHashMap<>();
    message.portions().forEach(it -> records.merge(it.target(), it.records(), Long::sum));
    shares.give(records);
    return shares.state();
  }

  @Override
  public void joined(View view, Member member) {
    rebalancer.joined();
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    departures.gone(member.id(), how, clock.nanos());
    failover.memberLost();
  }

  @Override
  public void rejoined(View view) {
    failover.memberLost();
  }
}
