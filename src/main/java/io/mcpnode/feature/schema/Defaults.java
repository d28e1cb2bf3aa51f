package io.mcpnode.feature.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/** Default values as authors write them: text for what is text, JSON for other types. */
public final class Defaults {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Defaults() {}

  /**
   * @return null if the text is empty: there is no default
   * @throws UnsupportedTypeException if it is not JSON where it must be
   */
  public static @Nullable JsonNode parse(String name, String text, Shape shape) {
    if (text.isEmpty()) {
      return null;
    }
    if (shape.textual()) {
      return TextNode.valueOf(text);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException invalid) {
      throw new UnsupportedTypeException(
          name + ": defaultValue: \"" + text + "\" (expected: " + shape.expected() + ")");
    }
  }
}
