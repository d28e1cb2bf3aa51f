package io.mcpnode.replication;

import io.mcpnode.state.Contents;
import io.mcpnode.state.ContentsCodec;
import io.mcpnode.state.StateRecord;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one record on their way to its copies. A change is made in memory at once; one
 * write is under way at a time and carries all changes made up to its start, so that changes which
 * come faster than copies share one.
 */
public final class CommitPipeline {

  private record Waiter(long version, Promise<Void> promise) {}

  private final StateStore store;
  private final LongSupplier operations;
  private final int maxBytes;
  private final Consumer<WireException> onLost;

  /** Held while a change is made, which may take its time: its function is a plugin's. */
  private final ReentrantLock changing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private volatile StateRecord record;
  private volatile long copiedVersion;
  private volatile @Nullable WireException lost;
  private boolean copying;
  private volatile boolean sealed;

  /**
   * @param record as it is stored now
   * @param operations gives an id, unique in the cluster, to each write
   * @param maxBytes of all values together
   * @param onLost called once, when the record is no longer owned here
   */
  public CommitPipeline(
      StateStore store,
      StateRecord record,
      LongSupplier operations,
      int maxBytes,
      Consumer<WireException> onLost) {
    this.store = store;
    this.record = record;
    this.copiedVersion = record.version();
    this.operations = operations;
    this.maxBytes = maxBytes;
    this.onLost = onLost;
  }

  public StateRecord record() {
    return record;
  }

  /** Why the record is no longer owned here, null while it is. */
  public @Nullable WireException lost() {
    return lost;
  }

  /**
   * See {@code Hosted.change}.
   *
   * @throws IllegalStateException within the function of another change of this record
   */
  public StateRecord change(UnaryOperator<Contents> change, long now) {
    if (changing.isHeldByCurrentThread()) {
      throw new IllegalStateException("a change within a change of the same state");
    }
    StateRecord changed;
    boolean begins;
    changing.lock();
    try {
      checkMayChange();
      Contents before = record.contents();
      Contents after = change.apply(before);
      if (after.equals(before)) {
        return record;
      }
      checkSize(after);
      changed = record.changed(after, now);
      begins = publish(changed);
    } finally {
      changing.unlock();
    }
    if (begins) {
      copy(changed);
    }
    return changed;
  }

  private void checkMayChange() {
    WireException gone = lost;
    if (gone != null) {
      throw gone;
    }
    if (sealed) {
      throw new WireException(Failure.STALE_EPOCH, "the record is being handed over");
    }
  }

  /** True if no copy is under way, which would carry the change with it. */
  private boolean publish(StateRecord changed) {
    lock.lock();
    try {
      checkMayChange(); // meanwhile, the function may have taken its time
      record = changed;
      boolean begins = !copying;
      copying = true;
      return begins;
    } finally {
      lock.unlock();
    }
  }

  private void checkSize(Contents contents) {
    long size = contents.size();
    if (size > maxBytes) {
      throw new WireException(
          Failure.OVERLOADED,
          "state: " + size + " bytes (expected: <= " + maxBytes + ", sessions.maxStateBytes)");
    }
  }

  private void copy(StateRecord snapshot) {
    store
        .apply(
            snapshot.key(),
            new Mutation.Write(
                snapshot.epoch(),
                snapshot.version(),
                Buffer.buffer(ContentsCodec.encode(snapshot.contents())),
                snapshot.lastAccess(),
                operations.getAsLong()))
        .onComplete(
            verdict -> {
              switch (verdict.outcome()) {
                case APPLIED -> copied(snapshot);
                case GONE -> restore(snapshot);
                case STALE -> lose(staleBecauseOf(verdict.stored()));
              }
            },
            this::lose);
  }

  /** All copies are gone, with their nodes, or the record was ended elsewhere: the store knows. */
  private void restore(StateRecord snapshot) {
    Stored whole = Stored.of(snapshot, operations.getAsLong());
    store
        .apply(snapshot.key(), new Mutation.Restore(whole))
        .onComplete(
            verdict -> {
              switch (verdict.outcome()) {
                case APPLIED -> copied(snapshot);
                case GONE -> lose(new WireException(Failure.NOT_FOUND, "ended meanwhile"));
                case STALE -> lose(staleBecauseOf(verdict.stored()));
              }
            },
            this::lose);
  }

  private void lose(Throwable problem) {
    lose(
        problem instanceof WireException wire
            ? wire
            : new WireException(Failure.INTERNAL, String.valueOf(problem)));
  }

  private static WireException staleBecauseOf(@Nullable Stored stored) {
    return new WireException(
        Failure.STALE_EPOCH,
        stored == null
            ? "claimed by another node"
            : "claimed by " + stored.owner() + " at epoch " + stored.epoch());
  }

  private void copied(StateRecord snapshot) {
    List<Waiter> done = new ArrayList<>();
    StateRecord next = null;
    lock.lock();
    try {
      copiedVersion = snapshot.version();
      while (!waiters.isEmpty() && waiters.peekFirst().version() <= snapshot.version()) {
        done.add(waiters.removeFirst());
      }
      if (lost == null && record.version() > snapshot.version()) {
        next = record;
      } else {
        copying = false;
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      copy(next);
    }
    done.forEach(waiter -> waiter.promise().complete());
  }

  /** See {@code Hosted.copied}. */
  public Future<Void> copied(long version) {
    if (copiedVersion >= version) {
      return Future.succeededFuture();
    }
    lock.lock();
    try {
      WireException gone = lost;
      if (copiedVersion >= version) {
        return Future.succeededFuture();
      }
      if (gone != null) {
        return Future.failedFuture(gone);
      }
      Promise<Void> promise = Promise.promise();
      Waiter waiter = new Waiter(version, promise);
      if (waiters.isEmpty() || waiters.peekLast().version() <= version) {
        waiters.addLast(waiter);
      } else {
        insert(waiter);
      }
      return promise.future();
    } finally {
      lock.unlock();
    }
  }

  private void insert(Waiter waiter) {
    List<Waiter> sorted = new ArrayList<>(waiters);
    int place = 0;
    while (place < sorted.size() && sorted.get(place).version() <= waiter.version()) {
      place++;
    }
    sorted.add(place, waiter);
    waiters.clear();
    waiters.addAll(sorted);
  }

  /**
   * Refuses further changes until {@link #unseal}.
   *
   * @return the last version
   */
  public long seal() {
    lock.lock();
    try {
      sealed = true;
      return record.version();
    } finally {
      lock.unlock();
    }
  }

  public void unseal() {
    lock.lock();
    try {
      sealed = false;
    } finally {
      lock.unlock();
    }
  }

  /** Completes when everything changed so far is on all wanted copies. */
  public Future<Void> flushed() {
    return copied(record.version());
  }

  /** Gives the record up: nothing changes here any more, and answers that wait for copies fail. */
  public void lose(WireException reason) {
    List<Waiter> failed;
    lock.lock();
    try {
      if (lost != null) {
        return;
      }
      lost = reason;
      failed = new ArrayList<>(waiters);
      waiters.clear();
    } finally {
      lock.unlock();
    }
    onLost.accept(reason);
    failed.forEach(waiter -> waiter.promise().fail(reason));
  }
}
