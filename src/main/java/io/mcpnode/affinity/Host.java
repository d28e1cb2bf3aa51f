package io.mcpnode.affinity;

import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.CommitPipeline;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records that this node owns and serves from memory. */
final class Host {

  private static final int MAX_HELD_PER_RECORD = 1024;
  private static final int TOUCHES_PER_BATCH = 500;

  private final ConcurrentHashMap<String, HostedRecord> records = new ConcurrentHashMap<>();
  private final StateStore store;
  private final QuorumGate gate;
  private final Clock clock;
  private final AtomicLong operations;
  private final int maxStateBytes;
  private final long idleMillis;
  private final HandedOver handedOver;
  private volatile Consumer<Hosted> keeper = hosted -> {};

  /**
   * @param firstOperation of the ids that this node gives to its writes; random, so that no two
   *     nodes share one
   */
  Host(
      StateStore store,
      QuorumGate gate,
      Clock clock,
      long firstOperation,
      int maxStateBytes,
      long idleMillis) {
    this.store = store;
    this.gate = gate;
    this.clock = clock;
    this.operations = new AtomicLong(firstOperation);
    this.maxStateBytes = maxStateBytes;
    this.idleMillis = idleMillis;
    this.handedOver = new HandedOver(clock.millis());
  }

  long nextOperation() {
    return operations.incrementAndGet();
  }

  int size() {
    return records.size();
  }

  Set<String> keys() {
    return records.keySet();
  }

  Collection<HostedRecord> all() {
    return records.values();
  }

  /**
   * Entered, or null if it isn't owned here, is moving, has expired, or this node must not serve.
   */
  @Nullable HostedRecord enter(String key) {
    HostedRecord hosted = records.get(key);
    if (hosted == null || !gate.isOpen()) {
      return null;
    }
    long now = clock.millis();
    if (isExpired(hosted, now) || !hosted.turnstile().tryEnter()) {
      return null;
    }
    if (!hosted.isServing()) {
      hosted.leave();
      return null;
    }
    hosted.touch(now);
    return hosted;
  }

  /** The record if it is owned here, whether or not it may be entered now. */
  @Nullable HostedRecord get(String key) {
    HostedRecord hosted = records.get(key);
    return hosted != null && hosted.isServing() ? hosted : null;
  }

  /** Its time is over, or nobody used it for too long; and nobody uses it now. */
  boolean isExpired(HostedRecord hosted, long now) {
    // In this order: whoever leaves has noted the time before.
    return hosted.turnstile().inside() == 0 && hosted.isExpired(now, idleMillis);
  }

  /**
   * Serves a record that the store says, or lately said, is owned here. An older copy of it is
   * dropped; nothing happens if this node serves it already, or has handed it over meanwhile.
   *
   * @return what is served, null if it was handed over
   */
  @Nullable HostedRecord adopt(String key, Stored stored) {
    AtomicBoolean fresh = new AtomicBoolean();
    HostedRecord hosted =
        records.compute(
            key,
            (k, present) -> {
              boolean serving = present != null && present.isServing();
              if (handedOver.isPast(key, stored.epoch())
                  || (serving && present.record().epoch() >= stored.epoch())) {
                return present;
              }
              fresh.set(true);
              return host(key, stored);
            });
    if (hosted != null && fresh.get()) {
      keep(key, hosted);
    }
    return hosted != null && hosted.isServing() ? hosted : null;
  }

  private void keep(String key, HostedRecord hosted) {
    if (Kind.TASK.names(key)) {
      keeper.accept(hosted);
    }
  }

  /**
   * Gives up a record that another node now owns.
   *
   * @param epoch under which it does
   */
  void handOver(HostedRecord hosted, NodeId owner, long epoch) {
    handedOver.note(hosted.record().key(), epoch, clock.millis());
    hosted.lose(Failure.STALE_EPOCH, "moved to " + owner);
  }

  /**
   * Before the first record.
   *
   * @param keeper gets every task that this node has become the owner of
   */
  void keepWith(Consumer<Hosted> keeper) {
    this.keeper = keeper;
  }

  /** Members have come or gone: the keeper looks at all tasks again. */
  void review() {
    for (Map.Entry<String, HostedRecord> entry : records.entrySet()) {
      if (Kind.TASK.names(entry.getKey()) && entry.getValue().isServing()) {
        keeper.accept(entry.getValue());
      }
    }
  }

  private HostedRecord host(String key, Stored stored) {
    LossActions lossActions = new LossActions();
    CommitPipeline commits =
        new CommitPipeline(
            store,
            stored.record(key),
            this::nextOperation,
            maxStateBytes,
            reason -> {
              records.computeIfPresent(key, (k, now) -> now.isServing() ? now : null);
              lossActions.run(reason);
            });
    return new HostedRecord(commits, new Turnstile(MAX_HELD_PER_RECORD), lossActions, clock);
  }

  /** Ends the record for good; completes when no node can find it any more. */
  Future<Void> end(HostedRecord hosted) {
    String key = hosted.record().key();
    return store
        .apply(key, new Mutation.End(hosted.record().epoch(), Long.MAX_VALUE, nextOperation()))
        .compose(
            verdict -> {
              if (verdict.outcome() == Verdict.Outcome.STALE) {
                hosted.lose(Failure.STALE_EPOCH, "claimed by another node");
                return Future.failedFuture(
                    new WireException(Failure.STALE_EPOCH, "claimed by another node"));
              }
              hosted.lose(Failure.NOT_FOUND, "ended");
              return Future.succeededFuture();
            });
  }

  /** Drops every copy: after this node was cut off, what it owned may have been claimed. */
  void dropAll(String why) {
    for (HostedRecord hosted : records.values()) {
      hosted.lose(Failure.STALE_EPOCH, why);
      hosted.turnstile().release();
    }
  }

  /**
   * Ends what nobody used for too long, and notes the last accesses of the rest with the copies:
   * what a request is inside of is in use now, however long that takes.
   */
  void sweep() {
    handedOver.forgetOld(clock.millis());
    if (!gate.isOpen()) {
      return;
    }
    long now = clock.millis();
    Map<String, Mutation.Touch> touches = new HashMap<>();
    for (HostedRecord hosted : records.values()) {
      if (isExpired(hosted, now)) {
        end(hosted);
        continue;
      }
      if (hosted.turnstile().inside() > 0) {
        hosted.touch(now);
      }
      long access = hosted.accessToNote();
      if (access >= 0) {
        touches.put(hosted.record().key(), new Mutation.Touch(hosted.record().epoch(), access));
        if (touches.size() == TOUCHES_PER_BATCH) {
          store.touch(touches);
          touches = new HashMap<>();
        }
      }
    }
    store.touch(touches);
  }
}
