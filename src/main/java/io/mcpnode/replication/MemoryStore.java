package io.mcpnode.replication;

import io.mcpnode.state.Kind;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The store of a node without a cluster: one copy, in memory, and no tombstones, since nothing can
 * bring it back.
 */
public final class MemoryStore implements StateStore {

  private static final int MAX_USED = 1_000_000;

  private final ConcurrentSkipListMap<String, Stored> records = new ConcurrentSkipListMap<>();
  private final ConcurrentHashMap<String, Stored> used = new ConcurrentHashMap<>();
  private final String node;

  public MemoryStore(String node) {
    this.node = node;
  }

  @Override
  public Future<@Nullable Stored> get(String key) {
    return Future.succeededFuture(records.get(key));
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    AtomicReference<Verdict> verdict = new AtomicReference<>(Verdict.GONE);
    if (mutation instanceof Mutation.Use use) {
      return Future.succeededFuture(use(key, use));
    }
    records.compute(
        key,
        (k, current) -> {
          // Only its end takes the one copy away: there is nothing to restore.
          boolean restores = current == null && mutation instanceof Mutation.Restore;
          Verdict result = restores ? Verdict.GONE : mutation.on(current);
          verdict.set(result);
          Stored next = result.outcome() == Verdict.Outcome.APPLIED ? result.stored() : current;
          return next == null || next.ended() ? null : next;
        });
    return Future.succeededFuture(verdict.get());
  }

  /** The only marks that must be kept: nothing else here remembers what was used. */
  private Verdict use(String key, Mutation.Use use) {
    if (used.size() >= MAX_USED) {
      long forgotten = use.now() - TimeUnit.MINUTES.toMillis(Processors.TOMBSTONE_MINUTES);
      used.values().removeIf(mark -> mark.createdAt() < forgotten);
    }
    Stored mark = Stored.used(use.operation(), use.now());
    Stored before = used.size() < MAX_USED ? used.putIfAbsent(key, mark) : used.get(key);
    return before == null && used.containsKey(key)
        ? Verdict.applied(mark)
        : Verdict.stale(before == null ? mark : before);
  }

  @Override
  public Future<Void> touch(Map<String, Mutation.Touch> touches) {
    touches.forEach(this::apply);
    return Future.succeededFuture();
  }

  @Override
  public Map<String, Stored> heldHere(BiPredicate<String, Stored> filter) {
    return first(records, filter, Integer.MAX_VALUE);
  }

  @Override
  public Future<Map<String, Stored>> list(@Nullable String owner, String after, int limit) {
    return Future.succeededFuture(
        first(
            records.tailMap(after, false),
            (key, stored) -> owner == null || stored.owner().name().equals(owner),
            limit));
  }

  @Override
  public Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit) {
    return Future.succeededFuture(
        first(
            records.tailMap(after, false),
            (key, stored) -> kind.names(key) && stored.principal().equals(principal),
            limit));
  }

  private static Map<String, Stored> first(
      Map<String, Stored> from, BiPredicate<String, Stored> filter, int limit) {
    Map<String, Stored> found = new LinkedHashMap<>();
    for (Map.Entry<String, Stored> entry : from.entrySet()) {
      if (found.size() == limit) {
        break;
      }
      if (filter.test(entry.getKey(), entry.getValue())) {
        found.put(entry.getKey(), entry.getValue());
      }
    }
    return found;
  }

  @Override
  public List<String> holders(String key) {
    return records.containsKey(key) ? List.of(node) : List.of();
  }

  @Override
  public int wantedCopies() {
    return 1;
  }
}
