package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.Departures;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.Copies;
import io.mcpnode.replication.StateStore;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Consumer;

/** Ownership of state on one node, put together. Usable after {@link #start}. */
public final class AffinityComponent {

  /**
   * @param idleTimeout after which an unused record ends
   * @param maxPerNode records this node creates for itself
   * @param maxStateBytes of one record
   * @param drainTimeout within which a drain moves what it can
   * @param migrationRate records that move in a second when many do
   */
  public record Settings(
      Duration idleTimeout,
      int maxPerNode,
      int maxStateBytes,
      int replicationFactor,
      Duration drainTimeout,
      int migrationRate) {}

  private static final int REMEMBERED_LOCATIONS = 200_000;

  private final Vertx vertx;
  private final AffinityRouter router;
  private final RecordAdmin admin;
  private final DrainControl drain;
  private final Host host;
  private final LocalExecution local;
  private final AffinityVerticle verticle;
  private final Rpc rpc;
  private final Spans spans;
  private final StateStore store;
  private final AffinityMeters meters;

  /**
   * @param announce tells the cluster that this node drains, or no longer does
   */
  public AffinityComponent(
      Vertx vertx,
      Rpc rpc,
      StateStore store,
      Membership membership,
      QuorumGate gate,
      Clock clock,
      SecureRandom random,
      MeterRegistry registry,
      Spans spans,
      Settings settings,
      Consumer<Boolean> announce) {
    long idleMillis = settings.idleTimeout().toMillis();
    long sweepMillis = Math.max(100, Math.min(30_000, idleMillis / 10));
    this.meters = new AffinityMeters(registry);
    this.store = store;
    Departures departures = new Departures(gate::copiesAreCurrent);
    this.vertx = vertx;
    this.host =
        new Host(store, gate, clock, random.nextLong(), settings.maxStateBytes(), idleMillis);
    meters.sessions(host::size);
    Directory directory =
        new Directory(
            vertx,
            store,
            membership,
            departures,
            clock,
            new LocationCache(REMEMBERED_LOCATIONS),
            idleMillis + 3 * sweepMillis);
    Claims claims = new Claims(store, membership, host, settings.replicationFactor());
    this.local = new LocalExecution(host, clock, meters);
    Dispatch.Parts parts =
        new Dispatch.Parts(
            local, claims, directory, new Forwarder(rpc, meters), membership, gate, clock, meters);
    this.router = new AffinityRouter(host, store, parts, random, settings.maxPerNode());
    Migration migration =
        new Migration(host, store, membership, claims, directory, rpc, clock, meters, spans);
    this.drain =
        new DrainControl(
            vertx,
            host,
            store,
            membership,
            claims,
            migration,
            clock,
            announce,
            settings.migrationRate());
    ShareMover shares =
        new ShareMover(
            vertx, host, membership, gate, claims, migration, clock, settings.migrationRate());
    Rebalancer rebalancer = new Rebalancer(vertx, rpc, membership, gate, claims);
    this.admin =
        new RecordAdmin(vertx, clock, store, membership, claims, directory, host, rpc, rebalancer);
    gate.beforeReopening(
        () -> {
          host.dropAll("this node was cut off and came back");
          directory.forgetAll();
        });
    Failover failover =
        new Failover(vertx, store, membership, gate, claims, directory, host, rpc, meters, spans);
    this.verticle =
        new AffinityVerticle(
            rpc,
            host,
            store,
            membership,
            directory,
            departures,
            migration,
            drain,
            shares,
            rebalancer,
            failover,
            clock,
            settings.drainTimeout(),
            sweepMillis);
    this.rpc = rpc;
    this.spans = spans;
  }

  /**
   * Completes when other nodes can reach this one.
   *
   * @param executor executes what is owned here
   * @param eventLoops that share the requests which other nodes forward
   */
  public Future<Void> start(Affinity.Executor executor, int eventLoops) {
    local.executeWith(executor);
    return vertx
        .deployVerticle(
            () -> new ExecuteVerticle(rpc, router, spans),
            new DeploymentOptions().setInstances(eventLoops))
        .compose(serving -> vertx.deployVerticle(verticle))
        .mapEmpty();
  }

  public Affinity affinity() {
    return router;
  }

  public SessionAdmin admin() {
    return admin;
  }

  /** Records owned here. */
  public int load() {
    return host.size();
  }

  /** Copies of the records owned here: wanted, and there now. May block. */
  public Copies copies() {
    return store.copies(host.keys());
  }

  /** Who is told of the records that this node gives to others or takes over. */
  public void tell(Moves moves) {
    meters.tell(moves);
  }

  /**
   * Moves everything away; completes with what is left when done or when the drain timeout has
   * passed.
   */
  public Future<Long> drain(Duration atMost) {
    return drain.drain(atMost);
  }
}
