package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much there is to check in a JSON value, counted no further than needed. */
final class Weight {

  private static final int CHARACTERS = 64;

  private Weight() {}

  /** The number of values within, long texts counting several times; at most one over the limit. */
  static int of(JsonNode value, int limit) {
    int weight = 0;
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(value);
    while (!open.isEmpty()) {
      JsonNode next = open.pop();
      weight += next.isTextual() ? 1 + next.textValue().length() / CHARACTERS : 1;
      if (weight + next.size() > limit) {
        return limit + 1;
      }
      next.forEach(open::push);
    }
    return weight;
  }
}
