package io.mcpnode.affinity;

import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Executes requests on records that this node owns; holds them while their record moves. */
final class LocalExecution {

  private final Host host;
  private final Clock clock;
  private final AffinityMeters meters;
  private volatile Affinity.@Nullable Executor executor;

  LocalExecution(Host host, Clock clock, AffinityMeters meters) {
    this.host = host;
    this.clock = clock;
    this.meters = meters;
  }

  /** Before the first request. */
  void executeWith(Affinity.Executor executor) {
    this.executor = executor;
    host.keepWith(executor::owned);
  }

  void adopt(String key, Stored stored) {
    host.adopt(key, stored);
  }

  /** Drops a copy that is older than what another node knows. */
  void dropOlderThan(String key, long epoch) {
    HostedRecord hosted = host.get(key);
    if (hosted != null && epoch > hosted.record().epoch()) {
      hosted.lose(Failure.STALE_EPOCH, "claimed at epoch " + epoch);
    }
  }

  /**
   * Executes the request if its record is owned here, or holds it.
   *
   * @param again looks for the record anew; run when the record has moved meanwhile
   * @return false if it is not owned here; nothing has happened then
   */
  boolean tryExecute(String key, Request request, Reply reply, Runnable again) {
    HostedRecord hosted = host.get(key);
    if (hosted == null) {
      return false;
    }
    if (host.isExpired(hosted, clock.millis())) {
      host.end(hosted);
      reply.fail(notFound(key));
    } else if (!hosted.turnstile().tryEnter()) {
      if (!hosted.turnstile().hold(again)) {
        meters.refused("held");
        reply.fail(new WireException(Failure.OVERLOADED, "too many requests wait for a move"));
      }
    } else if (!hosted.isServing()) {
      hosted.leave();
      again.run();
    } else {
      hosted.touch(clock.millis());
      Objects.requireNonNull(executor, "not started")
          .execute(hosted, request, new LeavingReply(reply, hosted, again));
    }
    return true;
  }

  static WireException notFound(String key) {
    return new WireException(Failure.NOT_FOUND, "no such state: " + key);
  }
}
