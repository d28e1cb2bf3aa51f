package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps whose keys are strings in JSON: strings, enums, dates and such. */
record MapShape(Shape key, Shape value) implements Shape {

  static boolean fits(Class<?> raw) {
    return Map.class.isAssignableFrom(raw) && raw.isAssignableFrom(LinkedHashMap.class);
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    ObjectNode schema = writer.type("object");
    if (key instanceof EnumShape) {
      schema.set("propertyNames", key.schema(writer));
    }
    ObjectNode values = value.schema(writer);
    if (!values.isEmpty()) {
      schema.set("additionalProperties", values);
    }
    return schema;
  }

  @Override
  public String expected() {
    return "object";
  }

  @Override
  public @Nullable Object read(JsonNode json, Place place, Problems problems) {
    if (!json.isObject()) {
      problems.wrong(place, json, "object");
      return null;
    }
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    boolean complete = true;
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      Place at = place.field(entry.getKey());
      Object name = key.read(TextNode.valueOf(entry.getKey()), at, problems);
      JsonNode given = entry.getValue();
      if (given.isNull() && value.nullable()) {
        if (name != null) {
          map.put(name, null);
        }
        continue;
      }
      Object read = given.isNull() ? value.absent() : value.read(given, at, problems);
      if (given.isNull() && !value.optional()) {
        problems.add(at + ": null (expected: " + value.expected() + ")");
        read = null;
      }
      if (name == null || read == null) {
        complete = false;
      } else {
        map.put(name, read);
      }
    }
    return complete ? map : null;
  }

  @Override
  public JsonNode write(Object map) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) map).entrySet()) {
      Object given = entry.getValue();
      JsonNode written = given == null ? null : value.write(given);
      json.set(name(entry.getKey()), written);
    }
    return json;
  }

  static String name(Object key) {
    return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
  }

  @Override
  public boolean object() {
    return true;
  }
}
