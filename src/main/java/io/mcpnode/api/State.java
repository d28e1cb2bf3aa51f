package io.mcpnode.api;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * State that is replicated before the answer that depends on it is sent. Values are stored as JSON:
 * records, strings, numbers, lists and maps. Changes are made in memory, one at a time, and do not
 * block; the answer of the call waits until all copies have them. If they can't be made safe, the
 * client gets an error instead of the answer.
 */
public interface State {

  /**
   * The handle a client of the 2026-07-28 revision passes to come back to this state; empty within
   * a session.
   */
  Optional<String> handle();

  /** The value under the key, as left by the last change. */
  <T> Optional<T> get(String key, Class<T> type);

  /**
   * Replaces a value by a function of it, atomically, and returns the new value. The function gets
   * null where there is none, and removes the value by returning null. It runs exactly once, and
   * other changes of this state wait for it: it should compute and not wait for anything.
   *
   * @throws IllegalStateException within such a function of the same state
   * @throws McpException if the state would become larger than the node allows, or has ended
   *     meanwhile
   */
  <T> T update(String key, Class<T> type, UnaryOperator<T> change);
}
