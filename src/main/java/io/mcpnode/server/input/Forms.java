package io.mcpnode.server.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ElicitField;
import io.mcpnode.protocol.Revision;
import java.util.List;
import java.util.Map;

/**
 * The schema of a form. 2025-06-18 knows neither titled options but by {@code enumNames}, nor
 * several choices, nor defaults other than of booleans (elicitation, requested schema).
 */
final class Forms {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Forms() {}

  static ObjectNode schema(List<ElicitField> fields, Revision revision) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (ElicitField field : fields) {
      properties.set(field.name(), property(field, revision));
      if (field.required()) {
        required.add(field.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static JsonNode property(ElicitField field, Revision revision) {
    if (field.type() == ElicitField.Type.SCHEMA) {
      return verbatim(field);
    }
    boolean rich = revision.compareTo(Revision.V2025_11_25) >= 0;
    ObjectNode property = JsonNodeFactory.instance.objectNode();
    String description = field.description().orElse(null);
    switch (field.type()) {
      case NUMBER -> property.put("type", "number");
      case INTEGER -> property.put("type", "integer");
      case BOOLEAN -> property.put("type", "boolean");
      case CHOICE -> choice(property, field.options(), rich);
      case CHOICES -> {
        if (rich) {
          choices(property.put("type", "array").putObject("items"), field.options());
        } else {
          property.put("type", "string");
          description =
              (description == null ? "" : description + ". ")
                  + "Any of these, with commas between them: "
                  + String.join(", ", field.options().keySet());
        }
      }
      default -> property.put("type", "string");
    }
    field.title().ifPresent(title -> property.put("title", title));
    if (description != null) {
      property.put("description", description);
    }
    if (rich || field.type() != ElicitField.Type.CHOICES) {
      field.limits().forEach((key, value) -> property.set(key, MAPPER.valueToTree(value)));
    }
    if (rich || field.type() == ElicitField.Type.BOOLEAN) {
      field
          .defaultValue()
          .ifPresent(value -> property.set("default", MAPPER.<JsonNode>valueToTree(value)));
    }
    return property;
  }

  private static void choice(ObjectNode property, Map<String, String> options, boolean rich) {
    property.put("type", "string");
    if (untitled(options)) {
      options.keySet().forEach(property.putArray("enum")::add);
    } else if (rich) {
      titled(property.putArray("oneOf"), options);
    } else {
      options.keySet().forEach(property.putArray("enum")::add);
      options.values().forEach(property.putArray("enumNames")::add);
    }
  }

  private static void choices(ObjectNode items, Map<String, String> options) {
    if (untitled(options)) {
      options.keySet().forEach(items.put("type", "string").putArray("enum")::add);
    } else {
      titled(items.putArray("anyOf"), options);
    }
  }

  private static void titled(ArrayNode alternatives, Map<String, String> options) {
    options.forEach(
        (value, title) -> alternatives.addObject().put("const", value).put("title", title));
  }

  private static boolean untitled(Map<String, String> options) {
    return options.entrySet().stream()
        .allMatch(option -> option.getKey().equals(option.getValue()));
  }

  private static JsonNode verbatim(ElicitField field) {
    String schema = field.schema().orElse("");
    try {
      JsonNode node = MAPPER.readTree(schema);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          field.name() + ": " + schema + " (expected: a JSON object)", e);
    }
    throw new IllegalArgumentException(field.name() + ": " + schema + " (expected: a JSON object)");
  }
}
