package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** {@code char}, primitive or boxed: a string of length one. */
record CharacterShape(boolean primitive) implements Shape {

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return writer.type("string").put("minLength", 1).put("maxLength", 1);
  }

  @Override
  public String expected() {
    return "string of one character";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (value.isTextual() && value.textValue().length() == 1) {
      return value.textValue().charAt(0);
    }
    problems.wrong(place, value, expected());
    return null;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.textNode(value.toString());
  }

  @Override
  public @Nullable Object absent() {
    return primitive ? '\0' : null;
  }

  @Override
  public boolean textual() {
    return true;
  }
}
