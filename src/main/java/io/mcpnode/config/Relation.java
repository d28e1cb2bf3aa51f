package io.mcpnode.config;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What must hold between settings.
 *
 * @param blamed the key whose place is named
 * @param reads all keys it looks at
 * @param complaint a sentence, or null if it holds
 */
record Relation(Key<?> blamed, List<Key<?>> reads, Function<Facts, @Nullable String> complaint) {

  /**
   * @param clustered the node was asked to join a cluster
   */
  record Facts(Settings settings, boolean clustered) {}

  @Nullable Problem check(Facts facts) {
    if (!facts.settings().allRight(reads)) {
      return null;
    }
    String sentence = complaint.apply(facts);
    return sentence == null
        ? null
        : new Problem(blamed.path(), sentence, facts.settings().origin(blamed));
  }
}
