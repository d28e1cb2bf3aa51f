package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
  private volatile @Nullable Run run;

  /** One drain, until it is undone. */
  private final class Run {
    final Duration atMost;
    final long deadline;
    final Pace pace;
    final AtomicLong moved = new AtomicLong();
    volatile boolean undone;

    /** For what the node owns without hosting it. */
    volatile boolean looked;

    volatile @Nullable Future<Long> end;

    Run(Duration atMost) {
      this.atMost = atMost;
      this.deadline = clock.nanos() + atMost.toNanos();
      this.pace = Pace.inTime(rate, host.size(), atMost);
    }

    boolean isUnderWay() {
      Future<Long> known = end;
      return !undone && (known == null || !known.isComplete());
    }

    boolean isDone() {
      return !undone && !isUnderWay() && host.size() == 0;
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
   * owns. While a drain is under way, or after it, that one is meant. On any thread, one at a time.
   */
  Future<Long> drain(Duration atMost) {
    Run before = run;
    if (before != null && (before.isUnderWay() || before.isDone())) {
      Future<Long> end = before.end;
      if (end != null) {
        return end;
      }
    }
    Run next = new Run(atMost);
    if (before != null && !before.undone) {
      next.moved.set(before.moved.get());
    }
    run = next;
    announce.accept(true);
    LOG.info("Draining: {} records to move", host.size());
    Future<Long> end =
        round(next)
            .onSuccess(
                left -> LOG.info("Drained: {} records moved, {} left", next.moved.get(), left));
    next.end = end;
    return end;
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
        && !(last.looked && host.size() == 0)
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
    if (now.undone || claims.leastLoadedOther() == null) {
      return Future.succeededFuture((long) host.size());
    }
    return adoptAll("")
        .onSuccess(adopted -> now.looked = true)
        .compose(adopted -> moveAll(now))
        .compose(
            moved -> {
              if (host.size() == 0 || clock.nanos() - now.deadline > 0) {
                return Future.succeededFuture((long) host.size());
              }
              return vertx.timer(PAUSE_MILLIS).compose(pause -> round(now));
            });
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
    HostedRecord hosted = todo.poll();
    if (hosted == null || now.undone) {
      return Future.succeededFuture();
    }
    return move(now, hosted).compose(next -> lane(now, todo));
  }

  private Future<Void> move(Run now, HostedRecord hosted) {
    boolean lastRound = now.deadline - clock.nanos() < PATIENCE.toNanos() * 3;
    NodeId target = claims.successor(hosted.record().backups());
    if (target == null || (hosted.turnstile().inside() > 0 && !lastRound)) {
      return Future.succeededFuture();
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(now.pace.reserve(clock.nanos()));
    Future<?> turn = millis < 1 || lastRound ? Future.succeededFuture() : vertx.timer(millis);
    return turn.compose(
            go ->
                now.undone
                    ? Future.succeededFuture()
                    : migration
                        .move(hosted.record().key(), target.name(), List.of(), PATIENCE, lastRound)
                        .onSuccess(done -> now.moved.incrementAndGet()))
        .transform(
            done -> {
              if (done.failed()) {
                LOG.debug("{} stays for now: {}", hosted.record().key(), done.cause().toString());
              }
              return Future.<Void>succeededFuture();
            });
  }
}
