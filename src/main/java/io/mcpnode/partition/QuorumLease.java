package io.mcpnode.partition;

import io.mcpnode.NodeConfig;
import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.membership.View;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate of this node: open as long as a quorum of the {@link Electorate} has heard it and been
 * heard in the last 2.5 s, which is less than the 4.8 s that the other side waits before it takes
 * anything over. Everything but the gate itself happens on one event loop context.
 */
public final class QuorumLease implements QuorumGate, Membership.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(QuorumLease.class);
  private static final String MERGING = "merging";
  private static final String SETTLING = "settling";
  private static final long VOTE_MILLIS = 300;
  static final Duration LEASE = Duration.ofMillis(2500);

  private final Vertx vertx;
  private final Rpc rpc;
  private final Membership membership;
  private final Clock clock;
  private final Counter closings;
  private final Context context;
  private final Gate gate = new Gate();
  private final Refusals refusals = new Refusals();

  private final Away away = new Away();
  private final Sight sight;
  private final Poll poll;
  private final ViewSide side;

  private volatile String why = "not started";
  private volatile Consumer<SplitBrainStrategy> onResolve = strategy -> {};

  private volatile boolean merging;

  // Only on the context.
  private boolean wasOpen;
  private long timer = -1;
  private Rpc.@Nullable Registration registration;

  QuorumLease(
      Vertx vertx,
      Rpc rpc,
      Membership membership,
      Sides sides,
      int copies,
      Clock clock,
      MeterRegistry meters) {
    this.vertx = vertx;
    this.rpc = rpc;
    this.membership = membership;
    this.sight = new Sight(copies);
    this.clock = clock;
    this.closings = meters.counter("mcp.quorum.closings");
    this.context = vertx.getOrCreateContext();
    this.side = new ViewSide(sides, membership::saidGoodbye);
    this.poll = new Poll(membership.self(), sides, LEASE.toNanos(), Electorate.joiner(List.of()));
  }

  /**
   * Begins to vote. Completes when the others can vote for this node; the gate opens as soon as a
   * quorum has.
   */
  public static Future<QuorumLease> start(
      Vertx vertx,
      Rpc rpc,
      Membership membership,
      NodeConfig.Cluster config,
      Clock clock,
      MeterRegistry meters) {
    Sides sides = new Sides(config.splitBrainStrategy(), config.masterNode());
    QuorumLease lease =
        new QuorumLease(vertx, rpc, membership, sides, config.replicationFactor(), clock, meters);
    Promise<QuorumLease> started = Promise.promise();
    lease.context.runOnContext(v -> lease.begin().map(lease).onComplete(started));
    return started.future();
  }

  private Future<Void> begin() {
    membership.listen(this);
    View view = membership.view();
    NodeId self = membership.self();
    boolean first = view.members().get(0).id().equals(self);
    poll.change(known -> first ? Electorate.founder(self) : Electorate.joiner(view.ids()));
    for (NodeId node : view.ids()) {
      poll.change(known -> known.joined(node));
    }
    return rpc.serve(PartitionProtocol.V1, this::receive)
        .map(
            served -> {
              registration = served;
              timer = vertx.setPeriodic(VOTE_MILLIS, id -> tick());
              tick();
              return null;
            });
  }

  /** Stops voting; the gate is shut then. */
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    context.runOnContext(
        v -> {
          vertx.cancelTimer(timer);
          gate.hold("stop", "stopped", clock.nanos());
          (registration == null ? Future.<Void>succeededFuture() : registration.close())
              .onComplete(closed);
        });
    return closed.future();
  }

  @Override
  public boolean isOpen() {
    LeaseTerm now = gate.term();
    return (now.kind() == LeaseTerm.Kind.FOREVER || now.isOpen(clock.nanos()))
        && side.goesOn(membership.viewNow(), poll.electorate());
  }

  @Override
  public String reason() {
    if (isOpen()) {
      return "";
    }
    String held = gate.held();
    return held.isEmpty() ? "no quorum: " + why : held;
  }

  @Override
  public boolean seesEverything() {
    Set<NodeId> hidden = hidden(membership.viewNow());
    return sight.isComplete(hidden) && hidden.stream().allMatch(membership::knewPlaces);
  }

  @Override
  public boolean copiesAreCurrent() {
    return sight.isCurrent(hidden(membership.view()));
  }

  private Set<NodeId> hidden(View view) {
    Set<NodeId> hidden = electorate().all();
    hidden.removeIf(
        node -> node.equals(membership.self()) || (view.contains(node) && !away.contains(node)));
    return hidden;
  }

  @Override
  public void beforeReopening(Runnable action) {
    gate.beforeReopening(action);
  }

  @Override
  public void refused(String what) {
    refusals.add(what);
  }

  /** Shuts the gate until {@link #release}, whoever is heard. Any thread, at once. */
  void hold(String by, String reason) {
    gate.hold(by, reason, clock.nanos());
    context.runOnContext(v -> evaluate());
  }

  void release(String by) {
    gate.release(by, clock.nanos());
    context.runOnContext(v -> evaluate());
  }

  Refusals refusals() {
    return refusals;
  }

  /** Who counts, as of now. Any thread. */
  Electorate electorate() {
    return poll.electorate();
  }

  /** A member that is gone for good, as an operator says: it doesn't count any more. */
  public void forget(NodeId node) {
    context.runOnContext(v -> change(known -> known.without(node)));
  }

  @Override
  public void joined(View view, Member member) {
    // It counts from its first vote on: until it can hear anybody, it can't serve, and must not
    // keep the others from serving.
    context.runOnContext(v -> change(known -> known.replaced(member.id())));
  }

  @Override
  public void gone(View view, Member member, Departure how) {
    if (how == Departure.UNREACHABLE) {
      away.add(member.id());
      if (!membership.knewPlaces(member.id())) {
        LOG.warn(
            "Copies were being moved when {} went: what it owned is not taken over if all copies of"
                + " it may be out of reach",
            member.id());
        context.runOnContext(v -> sight.unsure(member.id()));
      }
      context.runOnContext(
          v -> {
            poll.startOver(clock.nanos());
            tick();
          });
    } else {
      context.runOnContext(v -> ended(member.id()));
    }
  }

  /** What others hold is not here until they have brought it, and the same holds for this node. */
  @Override
  public void merging() {
    merging = true;
    away.addAll(membership.view().ids());
    hold(MERGING, "joins the cluster again");
  }

  @Override
  public void rejoined(View view) {
    merging = false;
    release(MERGING);
  }

  /** This node joins another cluster, which does not have all its records yet. Any thread. */
  public boolean isMerging() {
    return merging;
  }

  private void settle(long now) {
    away.remove(membership.self());
    if (away.beginsWaiting(membership.view()::contains, membership::hasSettled, wasOpen, now)) {
      gate.hold(SETTLING, "waits for the records of " + away, now);
    }
    if (away.endsWaiting(now)) {
      gate.release(SETTLING, now);
    }
    View view = membership.view();
    sight.look(hidden(view), view::contains, now);
  }

  @Override
  public void provenDead(Member member) {
    context.runOnContext(v -> ended(member.id()));
  }

  private void ended(NodeId node) {
    away.remove(node);
    sight.ended(node);
    poll.ended(node);
    if (!membership.view().contains(node)) {
      change(known -> known.without(node));
    }
  }

  private void tick() {
    vote();
    evaluate();
  }

  private void vote() {
    long now = clock.nanos();
    for (NodeId node : membership.view().ids()) {
      if (!node.equals(membership.self())) {
        rpc.tell(node, PartitionProtocol.V1, poll.ballot(node, now));
      }
    }
  }

  /** Told what an operator decided at another member. */
  void onResolve(Consumer<SplitBrainStrategy> action) {
    onResolve = action;
  }

  void tellResolve(Set<NodeId> nodes, SplitBrainStrategy strategy) {
    for (NodeId node : nodes) {
      if (!node.equals(membership.self())) {
        rpc.tell(node, PartitionProtocol.V1, new PartitionProtocol.Resolve(strategy));
      }
    }
  }

  private void receive(Rpc.Incoming incoming) {
    NodeId from = incoming.from();
    if (incoming.message() instanceof PartitionProtocol.Resolve resolve) {
      onResolve.accept(resolve.strategy());
      return;
    }
    if (incoming.message() instanceof PartitionProtocol.Vote vote
        && membership.view().contains(from)) {
      boolean open = isOpen();
      boolean news = poll.receive(from, vote, membership.view()::contains, open, clock.nanos());
      // Votes come from each to each, and weighing them takes the longer the more there are: to
      // move the end of a lease that is open, the next tick is soon enough.
      if (news || !open) {
        evaluate();
      }
    }
  }

  private void change(UnaryOperator<Electorate> change) {
    poll.change(change);
    evaluate();
  }

  private void evaluate() {
    long now = clock.nanos();
    settle(now);
    gate.lease(poll.term(now), now);
    boolean open = isOpen();
    if (!open) {
      why = poll.shortfall(membership.view().ids(), now);
    }
    if (open != wasOpen) {
      wasOpen = open;
      if (open) {
        LOG.info("Quorum: {}", electorate().all());
      } else {
        closings.increment();
        LOG.warn("{}", reason());
      }
    }
  }
}
