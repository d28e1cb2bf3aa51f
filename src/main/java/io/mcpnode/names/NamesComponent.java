package io.mcpnode.names;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.Departures;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.StateStore;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Rpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names on one node, put together. Usable after {@link #start}. */
public final class NamesComponent implements ClusterNames {

  private static final int MAX_NAMES = 10_000;
  private static final int MAX_MONITORS = 10_000;

  private final Vertx vertx;
  private final NameRegistry registry;
  private final NamesVerticle verticle;

  /**
   * @param store of names alone
   */
  public NamesComponent(
      Vertx vertx,
      Rpc rpc,
      StateStore store,
      Membership membership,
      QuorumGate gate,
      Clock clock,
      SecureRandom random,
      MeterRegistry registry) {
    this(vertx, rpc, store, membership, gate, clock, random, registry, MAX_NAMES, MAX_MONITORS);
  }

  NamesComponent(
      Vertx vertx,
      Rpc rpc,
      StateStore store,
      Membership membership,
      QuorumGate gate,
      Clock clock,
      SecureRandom random,
      MeterRegistry meterRegistry,
      int maxNames,
      int maxMonitors) {
    NameMeters meters = new NameMeters(meterRegistry);
    Departures departures = new Departures(gate::copiesAreCurrent);
    Standing standing = new Standing(clock.nanos());
    this.vertx = vertx;
    this.registry =
        new NameRegistry(
            store,
            membership,
            departures,
            gate,
            clock,
            standing,
            meters,
            this::released,
            random.nextLong(),
            maxNames);
    NameSweep sweep = new NameSweep(vertx, store, registry, membership, departures, gate, clock);
    this.verticle =
        new NamesVerticle(
            rpc,
            membership,
            departures,
            gate,
            clock,
            standing,
            registry,
            sweep,
            meters,
            maxMonitors);
  }

  private void released(String name, long term) {
    verticle.released(name, term);
  }

  /** Completes when this node hears of names that others give back. */
  public Future<Void> start() {
    return vertx.deployVerticle(verticle).mapEmpty();
  }

  @Override
  public Future<Hold> register(String name) {
    return registry.register(name);
  }

  @Override
  public Future<@Nullable Holder> whereis(String name) {
    return registry.whereis(name);
  }

  /** What this node holds under the name; null if it does not. */
  public @Nullable Hold held(String name) {
    return registry.held(name);
  }

  @Override
  public Future<Monitor> monitor(String name, String tag, Consumer<NameDown> listener) {
    return verticle.monitor(name, tag, listener);
  }

  @Override
  public Future<Monitor> monitorNodes(String tag, Consumer<NodeChange> listener) {
    return verticle.monitorNodes(tag, listener);
  }
}
