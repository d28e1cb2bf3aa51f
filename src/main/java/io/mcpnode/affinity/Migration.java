package io.mcpnode.affinity;

import io.mcpnode.membership.Member;
import io.mcpnode.membership.Membership;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.Spans;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a record that this node owns to another one, in two phases. Quiesce: new requests are held
 * back, the ones inside end, and every change is on its copies. Hand over: one compare-and-set
 * makes the target the owner under the next epoch. Until that moment this node is the owner and any
 * failure lets the held requests in again; from then on the target is, and they follow it there.
 */
final class Migration {

  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private final Host host;
  private final StateStore store;
  private final Membership membership;
  private final Claims claims;
  private final Directory directory;
  private final Rpc rpc;
  private final Clock clock;
  private final AffinityMeters meters;
  private final Spans spans;

  Migration(
      Host host,
      StateStore store,
      Membership membership,
      Claims claims,
      Directory directory,
      Rpc rpc,
      Clock clock,
      AffinityMeters meters,
      Spans spans) {
    this.host = host;
    this.store = store;
    this.membership = membership;
    this.claims = claims;
    this.directory = directory;
    this.rpc = rpc;
    this.clock = clock;
    this.meters = meters;
    this.spans = spans;
  }

  /**
   * Completes when the target owns the record; fails with {@code NOT_OWNER}, {@code INVALID} for a
   * target that can't take it, {@code NODE_DOWN} for one that goes meanwhile, {@code OVERLOADED}
   * while it is moving already, or what stopped it.
   *
   * @param patience how long calls that are inside may run
   * @param force then moves without them: they end where they run, but what they change from then
   *     on is refused; else it fails with {@code OVERLOADED} and nothing has moved
   */
  Future<AffinityProtocol.Moved> move(
      String key, String target, List<String> backups, Duration patience, boolean force) {
    HostedRecord hosted = host.get(key);
    if (hosted == null) {
      return Future.failedFuture(WireException.notOwner(null, 0));
    }
    if (target.equals(membership.self().name())) {
      return Future.succeededFuture(moved(hosted));
    }
    Member member = membership.view().named(target);
    if (member == null || membership.isDraining(member.id()) || membership.isSuspect(member.id())) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "target: \"" + target + "\" (expected: one of " + claims.takers() + ")"));
    }
    Future<Void> empty = hosted.turnstile().close();
    if (empty.failed()) {
      return Future.failedFuture(
          new WireException(Failure.OVERLOADED, "the record is moving already"));
    }
    long closed = clock.nanos();
    Span span =
        spans
            .operation(Span.Hop.MIGRATE)
            .with("mcpnode.key", key)
            .with("mcpnode.from", membership.self().name())
            .with("mcpnode.to", target);
    return quiesce(hosted, empty, patience, force)
        .compose(quiet -> handOver(key, hosted, member.id(), backups))
        .onComplete(
            done -> {
              if (done.failed()) {
                span.fail(WireException.from(done.cause()));
              } else {
                span.end();
              }
              hosted.turnstile().release();
            })
        .onSuccess(
            moved -> meters.migrated(key, membership.self(), member.id(), clock.nanos() - closed));
  }

  private static AffinityProtocol.Moved moved(HostedRecord hosted) {
    return new AffinityProtocol.Moved(hosted.record().owner(), hosted.record().epoch());
  }

  private Future<Void> quiesce(
      HostedRecord hosted, Future<Void> empty, Duration patience, boolean force) {
    return empty
        .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
        .recover(
            late ->
                force
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new WireException(Failure.OVERLOADED, "calls are still running")))
        .compose(quiet -> hosted.commits().flushed());
  }

  private Future<AffinityProtocol.Moved> handOver(
      String key, HostedRecord hosted, NodeId target, List<String> backups) {
    // Sealed first: a change that came between the flush and the claim would be lost.
    long version = hosted.commits().seal();
    return hosted
        .copied(version)
        .compose(flushed -> store.get(key))
        .compose(stored -> owned(key, hosted, stored))
        .compose(stored -> there(target, stored))
        .compose(stored -> claims.claim(key, stored, target, claims.backups(key, target, backups)))
        .compose(
            after -> {
              if (after == null) {
                return Future.failedFuture(LocalExecution.notFound(key));
              }
              directory.located(key, after.owner(), after.epoch());
              host.handOver(hosted, after.owner(), after.epoch());
              return after.owner().equals(target)
                  ? Future.succeededFuture(new AffinityProtocol.Moved(after.owner(), after.epoch()))
                  : Future.failedFuture(WireException.notOwner(after.owner(), after.epoch()));
            })
        .onFailure(
            problem -> {
              if (WireException.from(problem).failure() == Failure.INDETERMINATE) {
                // Whoever is the owner now, the store knows; this copy may be the old one.
                hosted.lose(Failure.STALE_EPOCH, "a move with unclear outcome");
              } else {
                hosted.commits().unseal();
              }
              LOG.warn("{} was not moved to {}: {}", key, target, problem.getMessage());
            })
        .onSuccess(done -> adopt(key, target));
  }

  /**
   * What is stored, if it is what this node serves. A copy that another node's claim has overtaken
   * is given up instead: to claim on top of that would take the record from a node that serves it.
   */
  private Future<Stored> owned(String key, HostedRecord hosted, @Nullable Stored stored) {
    if (stored == null) {
      return Future.failedFuture(LocalExecution.notFound(key));
    }
    if (stored.epoch() == hosted.record().epoch() && stored.owner().equals(membership.self())) {
      return Future.succeededFuture(stored);
    }
    directory.located(key, stored.owner(), stored.epoch());
    host.handOver(hosted, stored.owner(), stored.epoch());
    return Future.failedFuture(WireException.notOwner(stored.owner(), stored.epoch()));
  }

  /** While copies were waited for, the target may have gone. */
  private Future<Stored> there(NodeId target, Stored stored) {
    boolean canTakeIt =
        membership.view().contains(target)
            && !membership.isSuspect(target)
            && !membership.isDraining(target);
    return canTakeIt
        ? Future.succeededFuture(stored)
        : Future.failedFuture(
            new WireException(
                Failure.NODE_DOWN, target.name() + " goes, or has gone, before it could take it"));
  }

  private void adopt(String key, NodeId target) {
    rpc.ask(
            target,
            AffinityProtocol.V1,
            new AffinityProtocol.Adopt(List.of(key)),
            Duration.ofSeconds(2))
        .onFailure(problem -> LOG.debug("{} adopts {} with its first request", target, key));
  }
}
