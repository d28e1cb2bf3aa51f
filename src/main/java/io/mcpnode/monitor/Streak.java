package io.mcpnode.monitor;

import org.jspecify.annotations.Nullable;

/** How often in a row something was found. */
final class Streak {

  private int count;
  private @Nullable String what;

  /**
   * @param found null: nothing this time
   */
  void observe(@Nullable String found) {
    count = found == null ? 0 : Math.min(Integer.MAX_VALUE - 1, count) + 1;
    what = found;
  }

  int count() {
    return count;
  }

  /** What was found last time; null if nothing. */
  @Nullable String what() {
    return what;
  }
}
