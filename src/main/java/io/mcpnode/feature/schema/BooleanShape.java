package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** {@code boolean}, primitive or boxed. */
record BooleanShape(boolean primitive) implements Shape {

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return writer.type("boolean");
  }

  @Override
  public String expected() {
    return "boolean";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    problems.wrong(place, value, "boolean");
    return null;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.booleanNode((Boolean) value);
  }

  @Override
  public @Nullable Object absent() {
    return primitive ? Boolean.FALSE : null;
  }
}
