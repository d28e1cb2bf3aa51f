package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An enum, by the names of its constants. */
final class EnumShape implements Shape {

  private final Map<String, Object> constants = new LinkedHashMap<>();
  private final String expected;

  EnumShape(Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    this.expected = "one of " + String.join(", ", constants.keySet());
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    ObjectNode schema = writer.type("string");
    ArrayNode names = schema.putArray("enum");
    constants.keySet().forEach(names::add);
    return schema;
  }

  @Override
  public String expected() {
    return expected;
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    Object constant = value.isTextual() ? constants.get(value.textValue()) : null;
    if (constant == null) {
      problems.wrong(place, value, expected);
    }
    return constant;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.textNode(((Enum<?>) value).name());
  }

  @Override
  public boolean textual() {
    return true;
  }
}
