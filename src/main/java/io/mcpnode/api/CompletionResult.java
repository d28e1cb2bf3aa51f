package io.mcpnode.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Proposed values, and whether there are more.
 *
 * @param values best first; the first hundred are sent
 * @param total how many there are, these included
 * @param hasMore empty: as the numbers say
 */
public record CompletionResult(List<String> values, OptionalInt total, Optional<Boolean> hasMore) {

  public CompletionResult {
    values = List.copyOf(values);
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(hasMore, "hasMore");
  }

  /** These are all. */
  public static CompletionResult of(List<String> values) {
    return new CompletionResult(values, OptionalInt.of(values.size()), Optional.empty());
  }

  /** There are more, and nobody knows how many. */
  public static CompletionResult ofSome(List<String> values) {
    return new CompletionResult(values, OptionalInt.empty(), Optional.of(true));
  }

  public static CompletionResult of(List<String> values, int total) {
    return new CompletionResult(values, OptionalInt.of(total), Optional.empty());
  }
}
