package io.mcpnode.replication;

import com.hazelcast.query.Predicate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Live records after a key.
 *
 * @param owner name of the owning node, null for any
 */
record OwnerPredicate(@Nullable String owner, String after) implements Predicate<String, Stored> {

  @Override
  public boolean apply(Map.Entry<String, Stored> entry) {
    if (entry.getKey().compareTo(after) <= 0) {
      return false;
    }
    Stored stored = entry.getValue();
    return !stored.ended() && (owner == null || owner.equals(stored.owner().name()));
  }
}
