package io.mcpnode.replication;

import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** A store whose writes end when, and as, the test says. */
final class SlowStore implements StateStore {

  private final ArrayDeque<Promise<Verdict>> open = new ArrayDeque<>();
  int writes;

  void applied() {
    next(Future.succeededFuture(Verdict.applied(Records.stored(Records.A, 1))));
  }

  void next(Future<Verdict> outcome) {
    outcome.onComplete(open.removeFirst());
  }

  @Override
  public Future<Stored> get(String key) {
    throw new AssertionError("not asked here");
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    writes++;
    Promise<Verdict> promise = Promise.promise();
    open.add(promise);
    return promise.future();
  }

  @Override
  public Future<Void> touch(Map<String, Mutation.Touch> touches) {
    return Future.succeededFuture();
  }

  @Override
  public Map<String, Stored> heldHere(BiPredicate<String, Stored> filter) {
    return Map.of();
  }

  @Override
  public Future<Map<String, Stored>> list(String owner, String after, int limit) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit) {
    return Future.succeededFuture(Map.of());
  }

  @Override
  public List<String> holders(String key) {
    return List.of();
  }

  @Override
  public int wantedCopies() {
    return 1;
  }
}
