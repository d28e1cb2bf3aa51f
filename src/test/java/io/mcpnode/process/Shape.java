package io.mcpnode.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What fields a JSON value has, in their order, and of which type: {@code {view:n, nodes:[{node:s,
 * up:b}]}}. A list has the shapes that occur in it.
 */
final class Shape {

  private Shape() {}

  static String of(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map((Map.Entry<String, JsonNode> field) -> field.getKey() + ":" + of(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      Set<String> shapes = new TreeSet<>();
      value.forEach(item -> shapes.add(of(item)));
      return "[" + String.join(" | ", shapes) + "]";
    }
    if (value.isTextual()) {
      return "s";
    }
    if (value.isNumber()) {
      return "n";
    }
    return value.isBoolean() ? "b" : value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
