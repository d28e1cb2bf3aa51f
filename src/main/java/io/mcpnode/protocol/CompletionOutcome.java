package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposed values, as many as may be sent.
 *
 * @param total null: unknown
 * @param hasMore null: not said
 */
public record CompletionOutcome(
    List<String> values, @Nullable Integer total, @Nullable Boolean hasMore) {

  /** Of the values in one answer (MCP schema, {@code CompleteResult}). */
  public static final int MAX_VALUES = 100;

  public static final CompletionOutcome NONE = new CompletionOutcome(List.of(), 0, false);

  /** Leaves out what is too much, and then says that there is more. */
  public CompletionOutcome {
    boolean cut = values.size() > MAX_VALUES;
    if (cut) {
      total = total == null ? values.size() : Math.max(total, values.size());
    }
    int all = values.size();
    values = List.copyOf(cut ? values.subList(0, MAX_VALUES) : values);
    if (cut) {
      hasMore = true;
    } else if (hasMore == null && total != null) {
      hasMore = total > all;
    }
  }
}
