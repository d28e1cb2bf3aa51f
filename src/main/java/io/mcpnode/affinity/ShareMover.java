package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a part of this node's records to others, at a set rate, one giving at a time. Records with
 * running calls are left for later, and stay if their calls do not end. A drain of this node ends
 * it; a target that can take nothing any more gets nothing more.
 */
final class ShareMover {

  private static final Logger LOG = LoggerFactory.getLogger(ShareMover.class);
  private static final int AT_ONCE = 16;
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration SPARE_TIME = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 200;

  /** One giving. */
  private final class Giving {
    final Shares shares;
    final Pace pace;
    final long deadline;
    final AtomicLong moved = new AtomicLong();
    volatile boolean over;

    Giving(Map<String, Long> records) {
      this.shares = new Shares(records);
      this.pace = Pace.perSecond(rate);
      this.deadline =
          clock.nanos()
              + SPARE_TIME.toNanos()
              + TimeUnit.SECONDS.toNanos(shares.remaining() / rate + 1);
    }

    boolean mayGoOn() {
      return clock.nanos() - deadline < 0 && !membership.isDraining(membership.self());
    }
  }

  private final Vertx vertx;
  private final Host host;
  private final Membership membership;
  private final QuorumGate gate;
  private final Claims claims;
  private final Migration migration;
  private final Clock clock;
  private final int rate;
  private volatile @Nullable Giving giving;

  /**
   * @param rate records a second
   */
  ShareMover(
      Vertx vertx,
      Host host,
      Membership membership,
      QuorumGate gate,
      Claims claims,
      Migration migration,
      Clock clock,
      int rate) {
    this.vertx = vertx;
    this.host = host;
    this.membership = membership;
    this.gate = gate;
    this.claims = claims;
    this.migration = migration;
    this.clock = clock;
    this.rate = rate;
  }

  /**
   * Begins to give. On one thread.
   *
   * @param records target → how many
   * @throws WireException {@code OVERLOADED} while it gives already
   */
  void give(Map<String, Long> records) {
    Giving before = giving;
    if (before != null && !before.over) {
      throw new WireException(Failure.OVERLOADED, "records are moving already");
    }
    Giving next = new Giving(records);
    giving = next;
    LOG.info("Rebalancing: {}", records);
    round(next)
        .onComplete(
            done -> {
              next.over = true;
              LOG.info(
                  "Rebalanced: {} records moved, {} not",
                  next.moved.get(),
                  next.shares.remaining());
            });
  }

  /**
   * How the last giving goes, or went; fails with {@code NO_QUORUM} if this node must not serve.
   */
  Future<AffinityProtocol.Balance> state() {
    return gate.isOpen()
        ? Future.succeededFuture(balance())
        : Future.failedFuture(new WireException(Failure.NO_QUORUM, gate.reason()));
  }

  private AffinityProtocol.Balance balance() {
    Giving last = giving;
    return last == null
        ? new AffinityProtocol.Balance(host.size(), false, 0, 0)
        : new AffinityProtocol.Balance(
            host.size(), !last.over, last.moved.get(), last.shares.remaining());
  }

  private Future<Void> round(Giving now) {
    ConcurrentLinkedQueue<HostedRecord> todo = new ConcurrentLinkedQueue<>(host.all());
    List<Future<Void>> lanes = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      lanes.add(lane(now, todo));
    }
    return Future.join(lanes)
        .compose(
            done ->
                now.shares.remaining() > 0 && now.mayGoOn()
                    ? vertx.timer(PAUSE_MILLIS).compose(pause -> round(now))
                    : Future.succeededFuture());
  }

  private Future<Void> lane(Giving now, ConcurrentLinkedQueue<HostedRecord> todo) {
    if (!now.mayGoOn()) {
      return Future.succeededFuture();
    }
    HostedRecord hosted = todo.poll();
    while (hosted != null && (hosted.turnstile().inside() > 0 || !hosted.isServing())) {
      hosted = todo.poll();
    }
    HostedRecord record = hosted;
    String target = record == null ? null : now.shares.take();
    if (record == null || target == null) {
      return Future.succeededFuture();
    }
    if (!claims.takers().contains(target)) {
      now.shares.drop(target);
      return lane(now, todo);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(now.pace.reserve(clock.nanos()));
    return vertx
        .timer(Math.max(1, millis))
        .compose(turn -> migration.move(key(record), target, List.of(), PATIENCE, false))
        .transform(
            done -> {
              if (done.succeeded()) {
                now.moved.incrementAndGet();
              } else {
                now.shares.giveBack(target);
                LOG.debug("{} stays for now: {}", key(record), done.cause().toString());
              }
              return lane(now, todo);
            });
  }

  private static String key(HostedRecord hosted) {
    return hosted.record().key();
  }
}
