package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for {@code x-mcp-header} in an input schema (2026-07-28, Streamable HTTP): a token,
 * unique whatever its case, on strings, integers and booleans that are reached through {@code
 * properties} alone. A client drops a tool that breaks them, so it is refused here.
 */
final class HeaderMarks {

  static final String KEYWORD = "x-mcp-header";

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  private final Set<String> seen = new HashSet<>();

  private HeaderMarks() {}

  /**
   * @throws IllegalArgumentException for the first mark that breaks a rule
   */
  static void check(JsonNode schema) {
    new HeaderMarks().visit(schema, true, false);
  }

  private void visit(JsonNode schema, boolean reachable, boolean property) {
    if (schema.isObject()) {
      JsonNode mark = schema.get(KEYWORD);
      if (mark != null) {
        checkMark(mark, schema, reachable && property);
      }
      for (Map.Entry<String, JsonNode> entry : schema.properties()) {
        boolean properties = entry.getKey().equals("properties") && entry.getValue().isObject();
        if (properties) {
          entry.getValue().forEach(member -> visit(member, reachable, true));
        } else if (entry.getValue().isContainerNode() && !isData(entry.getKey())) {
          visit(entry.getValue(), false, false);
        }
      }
    } else if (schema.isArray()) {
      schema.forEach(item -> visit(item, false, false));
    }
  }

  /** Values that are not schemas. */
  private static boolean isData(String keyword) {
    return Set.of("default", "const", "enum", "examples").contains(keyword);
  }

  private void checkMark(JsonNode mark, JsonNode schema, boolean reachable) {
    String name = mark.textValue();
    if (name == null || !TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException(KEYWORD + ": " + mark + " (expected: an HTTP token)");
    }
    if (!reachable) {
      throw new IllegalArgumentException(
          KEYWORD + ": \"" + name + "\" (expected: only under properties of properties)");
    }
    String type = schema.path("type").asText();
    if (!TYPES.contains(type)) {
      throw new IllegalArgumentException(
          KEYWORD
              + ": \""
              + name
              + "\" is on type "
              + schema.path("type")
              + " (expected: string, integer or boolean)");
    }
    if (!seen.add(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(KEYWORD + ": \"" + name + "\" is there twice");
    }
  }
}
