package io.mcpnode.replication;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.mcpnode.partition.Partitions;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Copies in a Hazelcast map with synchronous backups: as many copies as the replication factor. A
 * mutation that ends without a clear outcome (a member was lost on the way) is made again, which is
 * harmless, until the outcome is clear or the time is up.
 */
public final class HazelcastStore implements StateStore {

  private static final String STATE = "mcp.state";
  private static final String NAMES = "mcp.names";
  private static final long PATIENCE_NANOS = 6_000_000_000L;
  private static final long BLINK_NANOS = 1_500_000_000L;
  private static final long PAUSE_MILLIS = 50;
  private static final int BATCH = 500;

  private final Vertx vertx;
  private final HazelcastInstance hazelcast;
  private final IMap<String, Stored> map;
  private final ReplicaPlaces places;
  private final QuorumGate gate;
  private final Clock clock;
  private final int replicationFactor;
  private final Attempts attempts;

  /**
   * The store of sessions and handles.
   *
   * @param nameOf the configured name of a member
   */
  public HazelcastStore(
      Vertx vertx,
      HazelcastInstance hazelcast,
      Function<Member, String> nameOf,
      QuorumGate gate,
      Clock clock,
      int replicationFactor) {
    this(vertx, hazelcast, STATE, nameOf, gate, clock, replicationFactor);
  }

  /** The store of names, apart from those of sessions and handles. */
  public static HazelcastStore ofNames(
      Vertx vertx,
      HazelcastInstance hazelcast,
      Function<Member, String> nameOf,
      QuorumGate gate,
      Clock clock,
      int replicationFactor) {
    return new HazelcastStore(vertx, hazelcast, NAMES, nameOf, gate, clock, replicationFactor);
  }

  private HazelcastStore(
      Vertx vertx,
      HazelcastInstance hazelcast,
      String name,
      Function<Member, String> nameOf,
      QuorumGate gate,
      Clock clock,
      int replicationFactor) {
    this.vertx = vertx;
    this.hazelcast = hazelcast;
    this.map = hazelcast.getMap(name);
    this.places = new ReplicaPlaces(hazelcast, nameOf, replicationFactor);
    this.gate = gate;
    this.clock = clock;
    this.replicationFactor = replicationFactor;
    this.attempts = new Attempts(vertx, map, gate, clock, PATIENCE_NANOS);
    hazelcast.getCluster().addMembershipListener(attempts);
  }

  /**
   * Adds what the store needs to the configuration of a Hazelcast member that is about to start.
   */
  public static void configure(Config config, int replicationFactor) {
    HazelcastFormat.register(config);
    config.getUserContext().put(Merges.NAME, new Merges());
    SharedSecret.configure(config);
    for (String name : List.of(STATE, NAMES)) {
      config.addMapConfig(
          new MapConfig(name)
              .setBackupCount(replicationFactor - 1)
              .setMergePolicyConfig(
                  new MergePolicyConfig(EpochMergePolicy.class.getName(), BATCH)));
    }
  }

  @Override
  public Future<@Nullable Stored> get(String key) {
    Promise<@Nullable Stored> promise = Promise.promise();
    whenOpen(promise, () -> read(key, clock.nanos() + PATIENCE_NANOS, promise));
    return promise.future();
  }

  private void read(String key, long deadline, Promise<@Nullable Stored> promise) {
    map.getAsync(key)
        .whenComplete(
            (stored, problem) -> {
              if (problem == null) {
                promise.complete(stored == null || stored.ended() ? null : stored);
              } else if (clock.nanos() - deadline < 0 && gate.isOpen()) {
                later(() -> read(key, deadline, promise));
              } else {
                promise.fail(
                    new WireException(Failure.NO_QUORUM, "state not readable: " + problem));
              }
            });
  }

  @Override
  public Future<Verdict> apply(String key, Mutation mutation) {
    Attempts.Attempt attempt = attempts.begin(key, mutation);
    whenOpen(attempt.promise(), attempt::submit);
    return attempt.promise().future();
  }

  /**
   * Runs the action when this side may write: at once, or after a moment, since a busy machine can
   * let the lease of a healthy node run out for a blink. Fails the promise with NO_QUORUM if the
   * gate stays shut.
   */
  private void whenOpen(Promise<?> promise, Runnable action) {
    if (gate.isOpen()) {
      action.run();
    } else {
      whenOpen(promise, action, clock.nanos() + BLINK_NANOS);
    }
  }

  private void whenOpen(Promise<?> promise, Runnable action, long deadline) {
    if (gate.isOpen()) {
      action.run();
    } else if (clock.nanos() - deadline < 0) {
      later(() -> whenOpen(promise, action, deadline));
    } else {
      gate.refused("store");
      promise.tryFail(new WireException(Failure.NO_QUORUM, gate.reason()));
    }
  }

  private void later(Runnable action) {
    vertx.setTimer(PAUSE_MILLIS, timer -> action.run());
  }

  @Override
  public Future<Void> touch(Map<String, Mutation.Touch> touches) {
    if (touches.isEmpty() || !gate.isOpen()) {
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(
            map.submitToKeys(touches.keySet(), new Processors.TouchMany(new HashMap<>(touches))))
        .mapEmpty();
  }

  @Override
  public Map<String, Stored> heldHere(BiPredicate<String, Stored> filter) {
    Map<String, Stored> found = new LinkedHashMap<>();
    List<String> keys = new ArrayList<>(map.localKeySet());
    for (int from = 0; from < keys.size(); from += BATCH) {
      Set<String> some = new HashSet<>(keys.subList(from, Math.min(keys.size(), from + BATCH)));
      map.getAll(some)
          .forEach(
              (key, stored) -> {
                if (!stored.ended() && filter.test(key, stored)) {
                  found.put(key, stored);
                }
              });
    }
    return found;
  }

  @Override
  public Future<Map<String, Stored>> list(@Nullable String owner, String after, int limit) {
    return page(new OwnerPredicate(owner, after), limit);
  }

  @Override
  public Future<Map<String, Stored>> list(Kind kind, String principal, String after, int limit) {
    return page(new PrincipalPredicate(kind, principal, after), limit);
  }

  private Future<Map<String, Stored>> page(Predicate<String, Stored> matching, int limit) {
    return vertx.executeBlocking(
        () -> {
          Map<String, Stored> page = new LinkedHashMap<>();
          map.entrySet(Predicates.pagingPredicate(matching, new ByKey(), limit))
              .forEach(entry -> page.put(entry.getKey(), entry.getValue()));
          return page;
        },
        false);
  }

  @Override
  public List<String> holders(String key) {
    return places.of(key);
  }

  /** What this node has compared when sides of a partition came together, since it started. */
  public Partitions.Merged merged() {
    if (!hazelcast.getLifecycleService().isRunning()) {
      return Partitions.Merged.NOTHING;
    }
    Object merges = hazelcast.getUserContext().get(Merges.NAME);
    return merges instanceof Merges known ? known.merged() : Partitions.Merged.NOTHING;
  }

  @Override
  public Copies copies(Collection<String> keys) {
    int each = wantedCopies();
    if (places.haveAll(each)) { // the usual case, whatever the number of records
      long all = (long) keys.size() * each;
      return new Copies(all, all);
    }
    return StateStore.super.copies(keys);
  }

  @Override
  public int wantedCopies() {
    return Math.min(replicationFactor, hazelcast.getCluster().getMembers().size());
  }
}
