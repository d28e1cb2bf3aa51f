package io.mcpnode.affinity;

import io.mcpnode.membership.Membership;
import io.mcpnode.partition.Departures;
import io.mcpnode.replication.StateStore;
import io.mcpnode.replication.Stored;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** Who owns what: the store knows, a cache remembers, and the owner has the last word. */
final class Directory {

  private static final long MOMENT_MILLIS = 25;

  private final Vertx vertx;
  private final StateStore store;
  private final Membership membership;
  private final Departures departures;
  private final Clock clock;
  private final LocationCache cache;
  private final long expiryMillis;

  /**
   * @param expiryMillis after its last access as the copies know it, a record that nobody serves
   *     has expired
   */
  Directory(
      Vertx vertx,
      StateStore store,
      Membership membership,
      Departures departures,
      Clock clock,
      LocationCache cache,
      long expiryMillis) {
    this.vertx = vertx;
    this.store = store;
    this.membership = membership;
    this.departures = departures;
    this.clock = clock;
    this.cache = cache;
    this.expiryMillis = expiryMillis;
  }

  /**
   * Where another node was last seen to own it; null if that is not known or that node is not to be
   * asked now.
   */
  LocationCache.@Nullable Location cached(String key) {
    LocationCache.Location location = cache.get(key);
    if (location == null) {
      return null;
    }
    // A node that drains gives its records away one after the other, and then its addresses.
    if (location.owner().equals(membership.self())
        || membership.isDraining(location.owner())
        || whereabouts(location.owner()) != Whereabouts.THERE) {
      cache.remove(key);
      return null;
    }
    return location;
  }

  void located(String key, NodeId owner, long epoch) {
    if (!owner.equals(membership.self())) {
      cache.put(key, new LocationCache.Location(owner, epoch));
    }
  }

  void forget(String key) {
    cache.remove(key);
  }

  void forgetAll() {
    cache.clear();
  }

  /** What is stored; null if there is nothing, or it has expired. */
  Future<@Nullable Stored> look(String key) {
    return store.get(key).map(stored -> stored == null || isExpired(stored) ? null : stored);
  }

  boolean isExpired(Stored stored) {
    return stored.expiresAt() == 0
        ? clock.millis() - stored.lastAccess() > expiryMillis
        : clock.millis() > stored.expiresAt();
  }

  Whereabouts whereabouts(NodeId owner) {
    return Whereabouts.of(owner, membership, departures, clock.nanos());
  }

  void afterAMoment(Runnable action) {
    vertx.setTimer(MOMENT_MILLIS, timer -> action.run());
  }
}
