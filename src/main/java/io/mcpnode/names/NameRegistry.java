package io.mcpnode.names;

import io.mcpnode.membership.Membership;
import io.mcpnode.names.ClusterNames.Hold;
import io.mcpnode.names.ClusterNames.Holder;
import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.partition.Departures;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.replication.Verdict;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes names, gives them back, and knows which this node holds. A name is a record whose owner is
 * the holder; the store lets one win, under an epoch that only grows.
 */
final class NameRegistry {

  private static final Pattern NAME = Pattern.compile("[!-~]{1,128}");
  private static final int ATTEMPTS = 4;

  private final StateStore store;
  private final Membership membership;
  private final Departures departures;
  private final QuorumGate gate;
  private final Clock clock;
  private final Standing standing;
  private final NameMeters meters;
  private final BiConsumer<String, Long> released;
  private final AtomicLong operations;
  private final AtomicInteger taken = new AtomicInteger();
  private final Map<String, HeldName> held = new ConcurrentHashMap<>();

  /** Being taken now by this node. */
  private final Set<String> pending = ConcurrentHashMap.newKeySet();

  /** Perhaps taken by this node, though it was told that it has not. */
  private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

  private final int limit;

  /**
   * @param released tells the others of name and term
   * @param limit names that this node holds
   */
  NameRegistry(
      StateStore store,
      Membership membership,
      Departures departures,
      QuorumGate gate,
      Clock clock,
      Standing standing,
      NameMeters meters,
      BiConsumer<String, Long> released,
      long firstOperation,
      int limit) {
    this.store = store;
    this.membership = membership;
    this.departures = departures;
    this.gate = gate;
    this.clock = clock;
    this.standing = standing;
    this.meters = meters;
    this.released = released;
    this.operations = new AtomicLong(firstOperation);
    this.limit = limit;
    meters.held(held::size);
  }

  Future<Hold> register(String name) {
    if (!NAME.matcher(name).matches()) {
      return Future.failedFuture(
          new WireException(
              Failure.INVALID,
              "name: \""
                  + name.substring(0, Math.min(200, name.length()))
                  + "\" (expected: 1 to 128 visible ASCII characters)"));
    }
    HeldName own = held.get(name);
    if (own != null || !pending.add(name)) {
      return Future.failedFuture(
          WireException.notOwner(membership.self(), own == null ? 0 : own.term()));
    }
    if (taken.incrementAndGet() > limit) {
      taken.decrementAndGet();
      pending.remove(name);
      meters.refused();
      return Future.failedFuture(
          new WireException(
              Failure.OVERLOADED, "names held by this node: " + limit + " (the limit)"));
    }
    return take(name, ATTEMPTS)
        .onComplete(
            done -> {
              if (done.failed()) {
                taken.decrementAndGet();
                if (WireException.from(done.cause()).failure() == Failure.INDETERMINATE) {
                  doubtful.add(name);
                }
              }
              pending.remove(name);
            });
  }

  private Future<Hold> take(String name, int attempts) {
    long interruptions = standing.interruptions();
    return store
        .get(name)
        .compose(
            stored -> {
              if (stored != null && !isFree(stored)) {
                return Future.failedFuture(WireException.notOwner(stored.owner(), stored.epoch()));
              }
              return store
                  .apply(name, taking(stored))
                  .compose(verdict -> taken(name, verdict, interruptions, attempts));
            });
  }

  /** Nobody's any more, or this node's own, of a try whose outcome it was never told. */
  private boolean isFree(Stored stored) {
    NodeId owner = stored.owner();
    return owner.equals(membership.self())
        || departures.claimable(owner, membership.view(), clock.nanos());
  }

  private Mutation taking(@Nullable Stored stored) {
    long operation = operations.incrementAndGet();
    return stored == null
        ? new Mutation.Recreate(
            Stored.created(
                Kind.NAME,
                membership.self(),
                operation,
                "",
                clock.millis(),
                List.of(),
                Contents.ofHandle()))
        : new Mutation.Claim(stored.epoch(), membership.self(), List.of(), operation);
  }

  private Future<Hold> taken(String name, Verdict verdict, long interruptions, int attempts) {
    Stored stored = verdict.stored();
    if (verdict.outcome() == Verdict.Outcome.APPLIED && stored != null) {
      HeldName hold =
          new HeldName(name, stored.epoch(), standing, interruptions, gate, clock, this);
      held.put(name, hold);
      doubtful.remove(name);
      return Future.succeededFuture(hold);
    }
    if (attempts > 1) {
      return take(name, attempts - 1);
    }
    return Future.failedFuture(
        stored == null
            ? new WireException(Failure.OVERLOADED, name + ": others take it and give it back")
            : WireException.notOwner(stored.owner(), stored.epoch()));
  }

  Future<Void> release(HeldName hold) {
    if (!held.remove(hold.name(), hold)) {
      return Future.succeededFuture();
    }
    hold.end(Reason.RELEASED);
    taken.decrementAndGet();
    return store
        .apply(
            hold.name(),
            new Mutation.End(hold.term(), Long.MAX_VALUE, operations.incrementAndGet()))
        .onSuccess(done -> released.accept(hold.name(), hold.term()))
        .onFailure(unclear -> doubtful.add(hold.name()))
        .mapEmpty();
  }

  Future<@Nullable Holder> whereis(String name) {
    return store
        .get(name)
        .map(
            stored ->
                stored == null
                        || departures.claimable(stored.owner(), membership.view(), clock.nanos())
                    ? null
                    : new Holder(stored.owner(), stored.epoch()));
  }

  @Nullable Hold held(String name) {
    return held.get(name);
  }

  /** Asks the store about every name that has become uncertain. */
  void check() {
    if (!gate.isOpen()) {
      return;
    }
    held.values().stream().filter(HeldName::isUncertain).forEach(this::check);
    doubtful.forEach(this::giveBack);
  }

  private void check(HeldName hold) {
    long interruptions = standing.interruptions();
    store
        .get(hold.name())
        .onSuccess(
            stored -> {
              if (stored != null
                  && stored.owner().equals(membership.self())
                  && stored.epoch() == hold.term()) {
                hold.foundHeld(interruptions);
              } else if (held.remove(hold.name(), hold)) {
                taken.decrementAndGet();
                hold.end(Reason.LOST);
              }
            });
  }

  /** What this node perhaps took, or perhaps did not give back, must not stay taken. */
  private void giveBack(String name) {
    if (isTakenAgain(name)) {
      doubtful.remove(name);
      return;
    }
    store
        .get(name)
        .compose(
            stored ->
                stored == null
                        || !stored.owner().equals(membership.self())
                        || isTakenAgain(name) // while it was read
                    ? Future.succeededFuture()
                    : store.apply(
                        name,
                        new Mutation.End(
                            stored.epoch(), Long.MAX_VALUE, operations.incrementAndGet())))
        .onSuccess(done -> doubtful.remove(name));
  }

  /** Being taken is asked first: what is taken is held before it is no longer being taken. */
  private boolean isTakenAgain(String name) {
    return pending.contains(name) || held.containsKey(name);
  }

  /** Ends a name whose holder is gone, so that it does not stay for ever. */
  Future<Verdict> endOrphan(String name, Stored stored) {
    return store.apply(
        name, new Mutation.End(stored.epoch(), Long.MAX_VALUE, operations.incrementAndGet()));
  }
}
