package io.mcpnode.api;

import java.util.Optional;

/**
 * What has been filled in already, for values that depend on each other, such as the city on the
 * country. Clients of 2025-03-26 don't tell.
 */
public interface CompletionContext {

  /** The value of another argument; empty if it has none yet. */
  Optional<String> getArgument(String name);
}
