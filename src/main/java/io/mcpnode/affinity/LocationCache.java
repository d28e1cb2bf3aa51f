package io.mcpnode.affinity;

import io.mcpnode.wire.NodeId;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where records of other nodes were last seen. May be wrong: the owner corrects it. Bounded by two
 * generations; an entry that is not used while a generation fills is forgotten.
 */
final class LocationCache {

  record Location(NodeId owner, long epoch) {}

  private final int generationSize;
  private volatile ConcurrentHashMap<String, Location> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<String, Location> old = new ConcurrentHashMap<>();

  LocationCache(int limit) {
    this.generationSize = Math.max(1, limit / 2);
  }

  @Nullable Location get(String key) {
    Location location = young.get(key);
    if (location == null) {
      location = old.get(key);
      if (location != null) {
        put(key, location);
      }
    }
    return location;
  }

  void put(String key, Location location) {
    ConcurrentHashMap<String, Location> generation = young;
    generation.put(key, location);
    if (generation.size() > generationSize) {
      old = generation;
      young = new ConcurrentHashMap<>();
    }
  }

  void remove(String key) {
    young.remove(key);
    old.remove(key);
  }

  void clear() {
    young = new ConcurrentHashMap<>();
    old = new ConcurrentHashMap<>();
  }

  int size() {
    return young.size() + old.size();
  }
}
