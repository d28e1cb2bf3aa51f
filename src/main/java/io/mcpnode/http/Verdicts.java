package io.mcpnode.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was decided about header values, since the same few come with nearly every
 * request: one comparison with the last one, then a small map of the others, oldest dropped. Owned
 * by one event loop. The decision must depend on the value alone.
 */
final class Verdicts<V> {

  private static final int MAX_VALUES = 256;
  private static final int MAX_LENGTH = 1024;

  private final Function<String, V> decide;
  private final Map<String, V> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
          return size() > MAX_VALUES;
        }
      };
  private @Nullable String lastValue;
  private @Nullable V lastVerdict;

  Verdicts(Function<String, V> decide) {
    this.decide = decide;
  }

  V of(String value) {
    V last = lastVerdict;
    return last != null && value.equals(lastValue) ? last : lookUp(value);
  }

  private V lookUp(String value) {
    if (value.length() > MAX_LENGTH) {
      return decide.apply(value);
    }
    V verdict = known.get(value);
    if (verdict == null) {
      verdict = decide.apply(value);
      known.put(value, verdict);
    }
    lastValue = value;
    lastVerdict = verdict;
    return verdict;
  }
}
