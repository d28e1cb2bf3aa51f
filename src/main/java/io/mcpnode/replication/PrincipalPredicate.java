package io.mcpnode.replication;

import com.hazelcast.query.Predicate;
import io.mcpnode.state.Kind;
import java.util.Map;

/** Live records of one kind and one principal after a key. The kind is seen by the key alone. */
record PrincipalPredicate(Kind kind, String principal, String after)
    implements Predicate<String, Stored> {

  @Override
  public boolean apply(Map.Entry<String, Stored> entry) {
    if (!kind.names(entry.getKey()) || entry.getKey().compareTo(after) <= 0) {
      return false;
    }
    Stored stored = entry.getValue();
    return !stored.ended() && principal.equals(stored.principal());
  }
}
