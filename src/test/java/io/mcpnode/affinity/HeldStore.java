package io.mcpnode.affinity;

import io.mcpnode.replication.ForwardingStore;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store far away: what one node asks of it can be held back, either on the way there or, with
 * what was read, on the way back.
 */
final class HeldStore extends ForwardingStore {

  private final ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
  volatile boolean holdsClaims;
  volatile boolean holdsReads;
  volatile boolean holdsCreations;

  HeldStore(StateStore store) {
    super(store);
  }

  int held() {
    return held.size();
  }

  /** Lets everything go that is held back. */
  void release() {
    holdsClaims = false;
    holdsReads = false;
    holdsCreations = false;
    List<Runnable> all = new ArrayList<>(held);
    held.clear();
    all.forEach(Runnable::run);
  }

  private <T> Future<T> onTheWayThere(Supplier<Future<T>> ask) {
    Promise<T> promise = Promise.promise();
    held.add(() -> ask.get().onComplete(promise));
    return promise.future();
  }

  private <T> Future<T> onTheWayBack(Future<T> read) {
    return holdsReads ? late(read) : read;
  }

  private <T> Future<T> late(Future<T> done) {
    Promise<T> promise = Promise.promise();
    held.add(() -> done.onComplete(promise));
    return promise.future();
  }

  @Override
  public Future<@Nullable Stored> get(String key) {
    return onTheWayBack(store.get(key));
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    if (holdsCreations && mutation instanceof Mutation.Create) {
      return late(store.apply(key, mutation));
    }
    return holdsClaims && mutation instanceof Mutation.Claim
        ? onTheWayThere(() -> store.apply(key, mutation))
        : store.apply(key, mutation);
  }

  @Override
  public Future<Map<String, Stored>> list(@Nullable String owner, String after, int limit) {
    return onTheWayBack(store.list(owner, after, limit));
  }

  @Override
  public Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit) {
    return onTheWayBack(store.list(kind, principal, after, limit));
  }
}
