package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A JSON-RPC id or a progress token: a string or an integer, which are different even where they
 * look alike.
 *
 * @param json the JSON token that stands for it, the same for equal values
 */
public record RequestId(String json) {

  /** Longer ones are refused: an id comes back in every message about its request. */
  public static final int MAX_LENGTH = 1024;

  public static RequestId ofString(String value) {
    return new RequestId(JsonOut.quoted(value));
  }

  /**
   * @param digits an integer of any size, as written
   */
  public static RequestId ofInteger(String digits) {
    return new RequestId(digits);
  }

  /** Null if it is neither a string nor an integer. */
  public static @Nullable RequestId of(JsonNode node) {
    if (node.isTextual()) {
      return ofString(node.textValue());
    }
    return node.isIntegralNumber() ? ofInteger(node.asText()) : null;
  }

  public static RequestId of(long value) {
    return new RequestId(Long.toString(value));
  }
}
