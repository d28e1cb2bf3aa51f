package io.mcpnode.call;

import io.mcpnode.membership.Membership;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Rpc;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** OperationRegistry of one node and the way to those of the others, put together. */
public final class CallComponent {

  /** OperationRegistry that run at once on one node. */
  private static final int MAX_RUNNING = 1_000;

  private final Vertx vertx;
  private final OperationRegistry operations = new OperationRegistry();
  private final CallClient client;
  private final CallVerticle verticle;

  public CallComponent(
      Vertx vertx, Rpc rpc, Membership membership, Clock clock, MeterRegistry registry) {
    this(vertx, rpc, membership, clock, registry, MAX_RUNNING);
  }

  CallComponent(
      Vertx vertx,
      Rpc rpc,
      Membership membership,
      Clock clock,
      MeterRegistry registry,
      int maxRunning) {
    CallMeters meters = new CallMeters(registry);
    Desk desk = new Desk(vertx, operations, clock, meters, maxRunning);
    FormerMembers former = new FormerMembers();
    membership.listen(former);
    this.vertx = vertx;
    this.client = new CallClient(rpc, membership, former, desk, clock, meters);
    this.verticle = new CallVerticle(rpc, desk);
  }

  /** Completes when other nodes can call this one. */
  public Future<Void> start() {
    return vertx.deployVerticle(verticle).mapEmpty();
  }

  /** Where this node's operations are registered; before or after the start. */
  public OperationRegistry operations() {
    return operations;
  }

  public ClusterCalls calls() {
    return client;
  }
}
