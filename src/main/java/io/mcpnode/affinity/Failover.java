package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what lost nodes owned. Every survivor looks through the records whose first copy it
 * holds, so that the work is shared and nobody scans the cluster; each record goes to its first
 * live backup. A claim is a compare-and-set on the epoch, so it does no harm if a client's request
 * was faster.
 */
final class Failover {

  private static final Logger LOG = LoggerFactory.getLogger(Failover.class);
  private static final int AT_ONCE = 64;

  /** After a loss, copies become first copies step by step, so the survivors look again. */
  private static final long[] LOOK_AFTER_MILLIS = {1, 150, 500, 1_500, 3_100, 6_000};

  private final Vertx vertx;
  private final StateStore store;
  private final Membership membership;
  private final QuorumGate gate;
  private final Claims claims;
  private final Directory directory;
  private final Host host;
  private final Rpc rpc;
  private final AffinityMeters meters;
  private final Spans spans;
  private final AtomicBoolean looking = new AtomicBoolean();

  Failover(
      Vertx vertx,
      StateStore store,
      Membership membership,
      QuorumGate gate,
      Claims claims,
      Directory directory,
      Host host,
      Rpc rpc,
      AffinityMeters meters,
      Spans spans) {
    this.vertx = vertx;
    this.store = store;
    this.membership = membership;
    this.gate = gate;
    this.claims = claims;
    this.directory = directory;
    this.host = host;
    this.rpc = rpc;
    this.meters = meters;
    this.spans = spans;
  }

  void memberLost() {
    for (long delay : LOOK_AFTER_MILLIS) {
      vertx.setTimer(delay, timer -> look());
    }
  }

  /** Looks once; does nothing while a look is under way or this side must not write. */
  void look() {
    if (!gate.isOpen() || !looking.compareAndSet(false, true)) {
      return;
    }
    host.review();
    vertx
        .executeBlocking(() -> store.heldHere((key, stored) -> needsUs(stored)), false)
        .compose(this::takeOver)
        .onComplete(
            taken -> {
              looking.set(false);
              if (taken > 0) {
                LOG.info("{} records of lost nodes have a new owner", taken);
              }
            },
            problem -> {
              looking.set(false);
              LOG.warn("Could not look for records of lost nodes; will look again", problem);
            });
  }

  private boolean needsUs(Stored stored) {
    return directory.isExpired(stored)
        || directory.whereabouts(stored.owner()) == Whereabouts.CLAIMABLE;
  }

  private Future<Integer> takeOver(Map<String, Stored> orphans) {
    if (orphans.isEmpty()) {
      return Future.succeededFuture(0);
    }
    Span span = begin(orphans);
    Iterator<Map.Entry<String, Stored>> todo = new ArrayList<>(orphans.entrySet()).iterator();
    Map<NodeId, List<String>> given = new ConcurrentHashMap<>();
    List<Future<Integer>> lanes = new ArrayList<>();
    Lane lane = new Lane(todo, given);
    for (int i = 0; i < Math.min(AT_ONCE, orphans.size()); i++) {
      lanes.add(lane.next(0));
    }
    return Future.join(lanes)
        .map(all -> lanes.stream().mapToInt(Future::result).sum())
        .onSuccess(count -> span.with("mcpnode.records.taken", count).end())
        .onFailure(problem -> span.fail(WireException.from(problem)))
        .onSuccess(count -> tell(given));
  }

  /** Of what lost nodes owned; to end what has expired is no failover. */
  private Span begin(Map<String, Stored> orphans) {
    List<Stored> lost =
        orphans.values().stream().filter(stored -> !directory.isExpired(stored)).toList();
    Span span = lost.isEmpty() ? Span.NONE : spans.operation(Span.Hop.FAILOVER);
    return span.isRecorded()
        ? span.with("mcpnode.records", lost.size())
            .with(
                "mcpnode.from",
                lost.stream()
                    .map(stored -> stored.owner().name())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(",")))
        : span;
  }

  /** Takes one record after the other; several lanes share the work. */
  private final class Lane {

    private final ReentrantLock lock = new ReentrantLock();
    private final Iterator<Map.Entry<String, Stored>> todo;
    private final Map<NodeId, List<String>> given;

    Lane(Iterator<Map.Entry<String, Stored>> todo, Map<NodeId, List<String>> given) {
      this.todo = todo;
      this.given = given;
    }

    Future<Integer> next(int done) {
      Map.Entry<String, Stored> orphan;
      lock.lock();
      try {
        if (!todo.hasNext()) {
          return Future.succeededFuture(done);
        }
        orphan = todo.next();
      } finally {
        lock.unlock();
      }
      return take(orphan.getKey(), orphan.getValue(), given)
          .recover(
              problem -> {
                LOG.warn("{} could not be taken over yet: {}", orphan.getKey(), problem.toString());
                return Future.succeededFuture(0);
              })
          .compose(taken -> next(done + taken));
    }
  }

  private Future<Integer> take(String key, Stored stored, Map<NodeId, List<String>> given) {
    if (directory.isExpired(stored)) {
      return store
          .apply(key, new Mutation.End(stored.epoch(), stored.lastAccess(), host.nextOperation()))
          .map(0);
    }
    NodeId successor = claims.successor(stored.backups());
    if (successor == null) {
      return Future.succeededFuture(0);
    }
    return claims
        .claim(key, stored, successor, claims.backups(key, successor))
        .map(
            after -> {
              if (after == null || !after.owner().equals(successor)) {
                return 0;
              }
              meters.failedOver(key, stored.owner(), successor);
              if (successor.equals(membership.self())) {
                host.adopt(key, after);
              } else {
                directory.located(key, successor, after.epoch());
                given.computeIfAbsent(successor, s -> new CopyOnWriteArrayList<>()).add(key);
              }
              return 1;
            });
  }

  /** The new owners need not wait for the first request; one that is not told finds out by it. */
  private void tell(Map<NodeId, List<String>> given) {
    given.forEach(
        (owner, keys) -> {
          for (int from = 0; from < keys.size(); from += 1000) {
            List<String> some = List.copyOf(keys.subList(from, Math.min(keys.size(), from + 1000)));
            rpc.ask(
                    owner,
                    AffinityProtocol.V1,
                    new AffinityProtocol.Adopt(some),
                    Duration.ofSeconds(3))
                .onFailure(
                    problem -> LOG.debug("{} was not told of {} records", owner, some.size()));
          }
        });
  }
}
