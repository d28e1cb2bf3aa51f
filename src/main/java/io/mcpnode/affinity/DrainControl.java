package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves everything this node owns to the others, at a set rate, while it goes on serving what it
 * still has. A record whose calls do not end is tried again until the time is up, and moved without
 * waiting for them in the last round.
 */
final class DrainControl {

  private static final Logger LOG = LoggerFactory.getLogger(DrainControl.class);
  private static final int AT_ONCE = 32;
  private static final int PAGE = 1_000;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final long PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final Host host;
  private final StateStore store;
  private final Membership membership;
  private final Claims claims;
  private final Migration migration;
  private final Clock clock;
  private final Consumer<Boolean> announce;
  private final int rate;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Run run;

  /** One drain, until it is undone. */
  private final class Run {
    final Duration atMost;
    final long deadline;
    final Pace pace;
    final AtomicLong moved = new AtomicLong();
    final Promise<Long> end = Promise.promise();
    volatile boolean undone;

    /** For what the node owns without hosting it. */
    volatile boolean looked;

    Run(Duration atMost) {
      this.atMost = atMost;
      this.deadline = clock.nanos() + atMost.toNanos();
      this.pace = Pace.inTime(rate, host.size(), atMost);
    }

    boolean isUnderWay() {
      return !undone && !end.future().isComplete();
    }

    boolean isDone() {
      return !undone && !isUnderWay() && looked && host.size() == 0;
    }
  }

  /**
   * @param announce tells the cluster that this node drains, or no longer does
   * @param rate records a second; more if a drain would not be done in time
   */
  DrainControl(
      Vertx vertx,
      Host host,
      StateStore store,
      Membership membership,
      Claims claims,
      Migration migration,
      Clock clock,
      Consumer<Boolean> announce,
      int rate) {
    this.vertx = vertx;
    this.host = host;
    this.store = store;
    this.membership = membership;
    this.claims = claims;
    this.migration = migration;
    this.clock = clock;
    this.announce = announce;
    this.rate = rate;
  }

  /**
   * Completes when this node owns nothing, or the time is up; with the number of records it still
   * owns. While a drain is under way, or after it, that one is meant. Any thread.
   */
  Future<Long> drain(Duration atMost) {
    Run next;
    boolean first;
    lock.lock();
    try {
      Run before = run;
      if (before != null && (before.isUnderWay() || before.isDone())) {
        return before.end.future();
      }
      next = new Run(atMost);
      first = before == null || before.undone;
      if (before != null && !before.undone) {
        next.moved.set(before.moved.get());
      }
      run = next;
    } finally {
      lock.unlock();
    }
    announce.accept(true);
    if (first) {
      LOG.info("Draining: {} records to move", host.size());
    }
    round(next).onComplete(next.end);
    return next.end
        .future()
        .onSuccess(
            left -> {
              if (first || left == 0) {
                LOG.info("Drained: {} records moved, {} left", next.moved.get(), left);
              }
            });
  }

  /**
   * To be called now and then: a drain that ended with something left, because its time was up or
   * no other node could take it, goes on when one can.
   */
  void goOn() {
    Run last = run;
    if (last != null
        && !last.undone
        && !last.isUnderWay()
        && !last.isDone()
        && claims.leastLoadedOther() != null) {
      drain(last.atMost);
    }
  }

  void undo() {
    Run last = run;
    if (last != null) {
      last.undone = true;
    }
    announce.accept(false);
  }

  AffinityProtocol.DrainState state() {
    Run last = run;
    if (last == null || last.undone) {
      return new AffinityProtocol.DrainState(
          "serving", last == null ? 0 : last.moved.get(), host.size());
    }
    String state = last.isDone() ? "drained" : "draining";
    return new AffinityProtocol.DrainState(state, last.moved.get(), host.size());
  }

  private Future<Long> round(Run now) {
    if (now.undone) {
      return left();
    }
    return adoptAll("")
        .onSuccess(adopted -> now.looked = true)
        .compose(adopted -> moveAll(now))
        .compose(
            moved ->
                host.size() == 0
                        || clock.nanos() - now.deadline > 0
                        || claims.leastLoadedOther() == null
                    ? left()
                    : vertx.timer(PAUSE_MILLIS).compose(pause -> round(now)));
  }

  private Future<Long> left() {
    return Future.succeededFuture((long) host.size());
  }

  /** What was given to this node and never asked for is owned all the same. */
  private Future<Void> adoptAll(String after) {
    return store
        .list(membership.self().name(), after, PAGE)
        .compose(
            page -> {
              String last = after;
              for (Map.Entry<String, Stored> entry : page.entrySet()) {
                last = entry.getKey();
                if (entry.getValue().owner().equals(membership.self())) {
                  host.adopt(entry.getKey(), entry.getValue());
                }
              }
              return page.size() < PAGE ? Future.succeededFuture() : adoptAll(last);
            });
  }

  private Future<Void> moveAll(Run now) {
    ConcurrentLinkedQueue<HostedRecord> todo = new ConcurrentLinkedQueue<>(host.all());
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      lanes.add(lane(now, todo));
    }
    return Future.join(lanes).mapEmpty();
  }

  private Future<Void> lane(Run now, ConcurrentLinkedQueue<HostedRecord> todo) {
    boolean lastRound = now.deadline - clock.nanos() < PATIENCE.toNanos() * 3;
    for (HostedRecord hosted = todo.poll(); hosted != null && !now.undone; hosted = todo.poll()) {
      NodeId target = claims.successor(hosted.record().backups());
      if (target == null) {
        break; // nobody can take anything now
      }
      if (hosted.turnstile().inside() == 0 || lastRound) {
        return move(now, hosted, target, lastRound).compose(next -> lane(now, todo));
      }
    }
    return Future.succeededFuture();
  }

  /** Never completes at once, however it ends: thousands of records follow one another. */
  private Future<Void> move(Run now, HostedRecord hosted, NodeId target, boolean lastRound) {
    String key = hosted.record().key();
    long millis = TimeUnit.NANOSECONDS.toMillis(now.pace.reserve(clock.nanos()));
    return vertx
        .timer(lastRound ? 1 : Math.max(1, millis))
        .compose(
            go ->
                now.undone
                    ? Future.succeededFuture()
                    : migration
                        .move(key, target.name(), List.of(), PATIENCE, lastRound)
                        .onSuccess(done -> now.moved.incrementAndGet()))
        .transform(
            done -> {
              if (done.failed()) {
                LOG.debug("{} stays for now: {}", key, done.cause().toString());
              }
              return Future.<Void>succeededFuture();
            });
  }
}
