package io.mcpnode.feature.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.feature.schema.Problems;

/** A schema that an author wrote by hand, and its check. */
final class VerbatimSchema {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private final ObjectNode json;
  private final SchemaCheck check;

  VerbatimSchema(String text) {
    json = parse(text);
    check = new SchemaCheck("arguments", "inputSchema", json);
  }

  private static ObjectNode parse(String text) {
    JsonNode parsed;
    try {
      parsed = JSON.readTree(text);
    } catch (JsonProcessingException invalid) {
      throw new IllegalArgumentException(
          "inputSchema: no JSON at line "
              + invalid.getLocation().getLineNr()
              + ", column "
              + invalid.getLocation().getColumnNr(),
          invalid);
    }
    if (!parsed.isObject() || !"object".equals(parsed.path("type").textValue())) {
      throw new IllegalArgumentException(
          "inputSchema: "
              + (parsed.has("type") ? "type: " + parsed.get("type") : "no type")
              + " (expected: a JSON object with \"type\": \"object\")");
    }
    return (ObjectNode) parsed;
  }

  ObjectNode json() {
    return json;
  }

  /** Checking takes so long that an event loop must not do it. */
  boolean isHeavy(JsonNode arguments) {
    return check.isHeavy(arguments);
  }

  void check(JsonNode arguments, Problems problems) {
    check.check(arguments, problems);
  }
}
