package io.mcpnode.affinity;

import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operators' view of records: any node answers, and asks the owner where it must. */
final class RecordAdmin implements SessionAdmin {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_REDIRECTS = 3;
  private static final long PAUSE_MILLIS = 50;

  private final Vertx vertx;
  private final Clock clock;
  private final StateStore store;
  private final Membership membership;
  private final Claims claims;
  private final Directory directory;
  private final Host host;
  private final Rpc rpc;
  private final Rebalancer rebalancer;

  RecordAdmin(
      Vertx vertx,
      Clock clock,
      StateStore store,
      Membership membership,
      Claims claims,
      Directory directory,
      Host host,
      Rpc rpc,
      Rebalancer rebalancer) {
    this.vertx = vertx;
    this.clock = clock;
    this.store = store;
    this.membership = membership;
    this.claims = claims;
    this.directory = directory;
    this.host = host;
    this.rpc = rpc;
    this.rebalancer = rebalancer;
  }

  @Override
  public Future<Page> list(@Nullable String node, @Nullable String cursor, int limit) {
    if (cursor != null && !RecordKeys.isKey(cursor)) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "cursor: \""
                  + cursor.substring(0, Math.min(40, cursor.length()))
                  + "\" (expected: the cursor of the page before)"));
    }
    return store
        .list(node, cursor == null ? "" : cursor, limit)
        .map(
            found -> {
              List<Placed> sessions = new ArrayList<>();
              for (Map.Entry<String, Stored> entry : found.entrySet()) {
                sessions.add(placed(entry.getKey(), entry.getValue()));
              }
              return new Page(
                  sessions,
                  sessions.size() < limit ? null : sessions.get(sessions.size() - 1).id());
            });
  }

  private Placed placed(String key, Stored stored) {
    return new Placed(
        key,
        stored.kind().label(),
        stored.owner().name(),
        stored.backups(),
        stored.epoch(),
        stored.version(),
        stored.contents().length(),
        store.wantedCopies(),
        store.holders(key),
        stored.createdAt(),
        stored.lastAccess());
  }

  private Future<Stored> stored(String key) {
    return directory
        .look(key)
        .compose(
            stored ->
                stored == null
                    ? Future.failedFuture(LocalExecution.notFound(key))
                    : Future.succeededFuture(stored));
  }

  @Override
  public Future<Placed> one(String id) {
    return stored(id).map(stored -> placed(id, stored));
  }

  @Override
  public Future<Placed> migrate(String id, String target, List<String> backups) {
    List<String> unknown = new ArrayList<>(backups);
    unknown.removeAll(claims.takers());
    if (!unknown.isEmpty()) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "backups: " + unknown + " (expected: some of " + claims.takers() + ")"));
    }
    if (backups.contains(target) || Set.copyOf(backups).size() < backups.size()) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "backups: " + backups + " (expected: each once, and not the target)"));
    }
    return stored(id)
        .compose(stored -> move(stored.owner(), new AffinityProtocol.Move(id, target, backups), 0))
        .compose(moved -> one(id));
  }

  private Future<WireMessage> move(NodeId owner, AffinityProtocol.Move move, int redirects) {
    return rpc.ask(owner, AffinityProtocol.V1, move, TIMEOUT)
        .recover(
            problem -> {
              WireException reason = WireException.from(problem);
              if (reason.failure() != Failure.NOT_OWNER || redirects == MAX_REDIRECTS) {
                return Future.failedFuture(reason);
              }
              NodeId next = reason.owner();
              return next != null
                  ? move(next, move, redirects + 1)
                  : stored(move.key()).compose(now -> move(now.owner(), move, redirects + 1));
            });
  }

  @Override
  public Future<Placed> backup(String id) {
    long deadline = clock.nanos() + TIMEOUT.toNanos();
    return stored(id).compose(stored -> confirm(id, deadline));
  }

  /** The copies of a record follow when members come and go; until they are there, this waits. */
  private Future<Placed> confirm(String id, long deadline) {
    return store
        .apply(id, new Mutation.Confirm())
        .compose(
            verdict -> {
              Stored stored = verdict.stored();
              if (verdict.outcome() != Verdict.Outcome.APPLIED || stored == null) {
                return Future.failedFuture(LocalExecution.notFound(id));
              }
              Placed placed = placed(id, stored);
              if (placed.replicas().size() >= placed.replicasWanted()) {
                return Future.succeededFuture(placed);
              }
              if (clock.nanos() - deadline < 0) {
                return vertx.timer(PAUSE_MILLIS).compose(pause -> confirm(id, deadline));
              }
              return Future.failedFuture(
                  new WireException(
                      Failure.OVERLOADED,
                      "copies: "
                          + placed.replicas()
                          + " (expected: "
                          + placed.replicasWanted()
                          + " nodes)"));
            });
  }

  @Override
  public Future<Placed> failover(String id, String failedNode) {
    return stored(id)
        .compose(
            stored -> {
              if (!stored.owner().name().equals(failedNode)) {
                return Future.failedFuture(
                    new WireException(
                        Failure.INVALID,
                        "failedNode: \""
                            + failedNode
                            + "\" (expected: the owner, \""
                            + stored.owner().name()
                            + "\")"));
              }
              return switch (directory.whereabouts(stored.owner())) {
                case CLAIMABLE -> takeOver(id, stored);
                case UNCERTAIN ->
                    Future.failedFuture(
                        new WireException(
                            Failure.NODE_DOWN,
                            failedNode
                                + " is not proven dead yet; it may still serve this session"));
                case HERE, THERE ->
                    Future.failedFuture(
                        new WireException(
                            Failure.INVALID,
                            "failedNode: \""
                                + failedNode
                                + "\" is alive (expected: a node that is gone; migrate instead)"));
              };
            });
  }

  private Future<Placed> takeOver(String id, Stored stored) {
    NodeId successor = claims.successor(stored.backups());
    if (successor == null) {
      return Future.failedFuture(new WireException(Failure.DRAINING, "no node can take over"));
    }
    return claims
        .claim(id, stored, successor, claims.backups(id, successor))
        .compose(
            after -> {
              if (after == null) {
                return Future.failedFuture(LocalExecution.notFound(id));
              }
              if (after.owner().equals(membership.self())) {
                host.adopt(id, after);
              }
              directory.located(id, after.owner(), after.epoch());
              return one(id);
            });
  }

  @Override
  public Future<Drain> drain(String node) {
    return setDrain(node, true);
  }

  @Override
  public Future<Drain> undrain(String node) {
    return setDrain(node, false);
  }

  @Override
  public Future<Rebalance> rebalance() {
    return rebalancer.rebalance();
  }

  @Override
  public Future<Rebalance> rebalancing() {
    return rebalancer.progress();
  }

  private Future<Drain> setDrain(String node, boolean on) {
    Member member = membership.view().named(node);
    if (member == null) {
      List<String> names = membership.view().members().stream().map(m -> m.id().name()).toList();
      return Future.failedFuture(
          new WireException(
              Failure.NOT_FOUND, "node: \"" + node + "\" (expected: one of " + names + ")"));
    }
    return rpc.ask(member.id(), AffinityProtocol.V1, new AffinityProtocol.SetDrain(on), TIMEOUT)
        .map(
            reply -> {
              AffinityProtocol.DrainState state = (AffinityProtocol.DrainState) reply;
              return new Drain(node, state.state(), state.moved(), state.remaining());
            });
  }
}
