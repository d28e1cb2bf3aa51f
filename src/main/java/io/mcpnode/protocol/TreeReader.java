package io.mcpnode.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Builds the trees of arguments, from where a parser stands, so that small ones need no second
 * parser. No number is rounded: what a double can't hold is a decimal, and a number with an
 * exponent beyond {@link #MAX_SCALE}, with which arithmetic could take for ever, is kept as raw
 * text, which no type takes for a number. Recursion is as deep as the parser lets it be, {@link
 * Json#MAX_DEPTH}.
 */
public final class TreeReader {

  private static final int MAX_SCALE = 1000;

  /** In so many characters, of which one is the point, are no more digits than a double keeps. */
  private static final int SURE = 16;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TreeReader() {}

  /**
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static ObjectNode object(String json) {
    try (JsonParser parser = Json.FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no JSON object");
      }
      return object(parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON object", e);
    }
  }

  /** Of an object at this place of a text that was parsed before. */
  static ObjectNode object(byte[] json, int from, int to) throws IOException {
    try (JsonParser parser = Json.FACTORY.createParser(json, from, to - from)) {
      parser.nextToken();
      return object(parser);
    }
  }

  /** Called at the START_OBJECT; returns at the END_OBJECT that belongs to it. */
  static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      object.set(key, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      array.add(value(parser, token));
    }
    return array;
  }

  private static JsonNode value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private static JsonNode decimal(JsonParser parser) throws IOException {
    double near = parser.getDoubleValue();
    if (isShort(parser)) {
      return NODES.numberNode(near);
    }
    String text = parser.getText();
    if (Double.toString(near).equals(text)) {
      return NODES.numberNode(near);
    }
    BigDecimal exact = bounded(text);
    if (exact == null) {
      return NODES.rawValueNode(new RawValue(text));
    }
    return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0
        ? NODES.numberNode(near)
        : new SentDecimal(exact);
  }

  /** A double holds it for sure, which is how nearly all numbers are. */
  private static boolean isShort(JsonParser parser) throws IOException {
    int length = parser.getTextLength();
    if (length > SURE) {
      return false;
    }
    char[] text = parser.getTextCharacters();
    int start = parser.getTextOffset();
    for (int i = start; i < start + length; i++) {
      if (text[i] == 'e' || text[i] == 'E') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable BigDecimal bounded(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      return value.signum() != 0 && Math.abs((long) value.scale()) > MAX_SCALE ? null : value;
    } catch (NumberFormatException exponentBeyondInt) {
      return null;
    }
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }
}
