package io.mcpnode.replication;

import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Does what another store does; a test changes some of it. */
public abstract class ForwardingStore implements StateStore {

  protected final StateStore store;

  protected ForwardingStore(StateStore store) {
    this.store = store;
  }

  @Override
  public Future<@Nullable Stored> get(String key) {
    return store.get(key);
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    return store.apply(key, mutation);
  }

  @Override
  public Future<Void> touch(Map<String, Mutation.Touch> touches) {
    return store.touch(touches);
  }

  @Override
  public Map<String, Stored> heldHere(BiPredicate<String, Stored> filter) {
    return store.heldHere(filter);
  }

  @Override
  public Future<Map<String, Stored>> list(@Nullable String owner, String after, int limit) {
    return store.list(owner, after, limit);
  }

  @Override
  public Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit) {
    return store.list(kind, principal, after, limit);
  }

  @Override
  public List<String> holders(String key) {
    return store.holders(key);
  }

  @Override
  public int wantedCopies() {
    return store.wantedCopies();
  }
}
