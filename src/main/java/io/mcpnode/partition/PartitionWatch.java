package io.mcpnode.partition;

import io.mcpnode.NodeConfig;
import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks once every heartbeat interval whether all that count reach each other, and acts where a
 * quorum alone does not: a node that reaches some of the others only through the rest stands aside,
 * and the rest has it removed, since writes that need both ends of the broken link would hang. What
 * is decided is the {@link Lookout}'s to say. Works on one event loop context.
 */
public final class PartitionWatch implements Partitions, Membership.Listener {

  private static final String THROUGH_OTHERS = "it reaches some members through others only";

  private final Vertx vertx;
  private final Membership membership;
  private final QuorumLease lease;
  private final boolean hasMaster;
  private final Supplier<Merged> merged;
  private final Context context;
  private volatile Report report;

  // Only on the context.
  private final Lookout lookout;
  private long timer = -1;

  private PartitionWatch(
      Vertx vertx,
      Membership membership,
      QuorumLease lease,
      NodeConfig.Cluster config,
      Supplier<Merged> merged,
      Clock clock) {
    this.vertx = vertx;
    this.membership = membership;
    this.lease = lease;
    this.hasMaster = !config.masterNode().isEmpty();
    this.merged = merged;
    this.context = vertx.getOrCreateContext();
    this.lookout =
        new Lookout(
            membership.self(),
            new Sides(config.splitBrainStrategy(), config.masterNode()),
            lease.electorate(),
            lease.refusals(),
            clock,
            new Orders());
    this.report = render();
  }

  /** Begins to look. Completes after the first look. */
  public static Future<PartitionWatch> start(
      Vertx vertx,
      Membership membership,
      QuorumLease lease,
      NodeConfig.Cluster config,
      Supplier<Merged> merged,
      Clock clock) {
    PartitionWatch watch = new PartitionWatch(vertx, membership, lease, config, merged, clock);
    Promise<PartitionWatch> started = Promise.promise();
    watch.context.runOnContext(
        v -> {
          membership.listen(watch);
          lease.onResolve(asked -> watch.context.runOnContext(w -> watch.told(asked)));
          watch.timer =
              vertx.setPeriodic(config.heartbeatInterval().toMillis(), id -> watch.look());
          watch.look();
          started.complete(watch);
        });
    return started.future();
  }

  /** Stops looking. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        v -> {
          vertx.cancelTimer(timer);
          closed.complete();
        });
    return closed.future();
  }

  @Override
  public void joined(View view, Member member) {
    note(journal -> journal.joined(member.id().name()));
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    note(journal -> journal.gone(member.id().name(), how));
  }

  @Override
  public void provenDead(Member member) {
    note(journal -> journal.gone(member.id().name(), Departure.DIED));
  }

  @Override
  public void rejoined(View view) {
    note(
        journal ->
            journal.note(
                "joined the cluster again: " + Diagnosis.names(view.ids()) + "; starts afresh"));
  }

  private void note(Consumer<Journal> what) {
    context.runOnContext(v -> what.accept(lookout.journal()));
  }

  private void look() {
    sense();
    lookout.look(lease.isOpen(), membership.view()::contains);
    lookout.gate(lease.reason());
    report = render();
  }

  private void sense() {
    lookout.sense(membership.reach(), lease.electorate());
  }

  private Report render() {
    return lookout.report(lease.reason(), merged.get());
  }

  @Override
  public Future<Report> report() {
    Promise<Report> rendered = Promise.promise();
    context.runOnContext(
        v -> {
          sense();
          rendered.complete(render());
        });
    return rendered.future();
  }

  @Override
  public Report lastReport() {
    return report;
  }

  @Override
  public Future<Resolution> resolve(SplitBrainStrategy asked, boolean dryRun) {
    if (asked == SplitBrainStrategy.CONFIGURED_MASTER && !hasMaster) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "strategy: configured_master, but no node is configured as the master"
                  + " (expected: cluster.masterNode set on every node)"));
    }
    Promise<Resolution> resolved = Promise.promise();
    context.runOnContext(
        v -> {
          sense();
          Finding by = lookout.find(asked);
          if (!dryRun && by.isPartition()) {
            lease.tellResolve(by.groupOf(membership.self()), asked);
            resolve(asked);
          }
          resolved.complete(
              Diagnosis.resolution(membership.self(), by, asked, dryRun, lease.reason()));
        });
    return resolved.future();
  }

  /** An operator has resolved it at another member. */
  private void told(SplitBrainStrategy asked) {
    sense();
    resolve(asked);
  }

  private void resolve(SplitBrainStrategy asked) {
    lookout.resolve(asked);
    report = render();
  }

  private final class Orders implements Lookout.Orders {
    @Override
    public void hold(String cause, String why) {
      lease.hold(cause, why);
    }

    @Override
    public void release(String cause) {
      lease.release(cause);
    }

    @Override
    public void expel(NodeId node) {
      membership.expel(node, THROUGH_OTHERS);
    }
  }
}
