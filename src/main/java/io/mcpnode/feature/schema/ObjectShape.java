package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record or a plain class: an object with these fields and no others. */
final class ObjectShape implements Shape {

  private final JavaType type;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private @Nullable Maker maker;
  private boolean recursive;

  /** Reads a field of a value. */
  interface Getter {
    @Nullable Object get(Object owner) throws Throwable;
  }

  /** Makes a value of its fields, in their order. */
  interface Maker {
    Object make(@Nullable Object[] values) throws Throwable;
  }

  record Field(Argument argument, Getter getter) {}

  ObjectShape(JavaType type) {
    this.type = type;
  }

  /** Called once, after construction, since a field may be of the type itself. */
  void complete(List<Field> members, @Nullable Maker maker) {
    for (Field field : members) {
      if (fields.put(field.argument().name(), field) != null) {
        throw new UnsupportedTypeException(
            "type: " + type + " has two fields named \"" + field.argument().name() + "\"");
      }
    }
    this.maker = maker;
  }

  void markRecursive() {
    recursive = true;
  }

  String name() {
    return type.raw().getSimpleName();
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return recursive ? writer.reference(this) : body(writer);
  }

  ObjectNode body(SchemaWriter writer) {
    ObjectNode schema = writer.type("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    for (Field field : fields.values()) {
      Argument argument = field.argument();
      properties.set(argument.name(), argument.schema(writer));
      if (writer.isInput() ? argument.required() : argument.shape().primitive()) {
        required.add(argument.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (writer.isInput()) {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  @Override
  public String expected() {
    return "object";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (!value.isObject() || maker == null) {
      problems.wrong(place, value, "object");
      return null;
    }
    @Nullable Object[] values = new @Nullable Object[fields.size()];
    int i = 0;
    int known = 0;
    boolean complete = true;
    for (Field field : fields.values()) {
      JsonNode given = value.get(field.argument().name());
      known += given == null ? 0 : 1;
      complete &= field.argument().read(given, place, values, i++, problems);
    }
    if (known < value.size()) {
      value
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!fields.containsKey(name)) {
                  problems.unknown(place.field(name), new ArrayList<>(fields.keySet()));
                }
              });
      return null;
    }
    if (!complete) {
      return null;
    }
    try {
      return maker.make(values);
    } catch (Throwable refused) {
      problems.add(place + ": " + Reasons.of(refused));
      return null;
    }
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Field field : fields.values()) {
      Object inside = get(field, value);
      JsonNode written = inside == null ? null : field.argument().shape().write(inside);
      if (written != null) {
        json.set(field.argument().name(), written);
      }
    }
    return json;
  }

  private static @Nullable Object get(Field field, Object value) {
    try {
      return field.getter().get(value);
    } catch (RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new IllegalStateException(field.argument().name() + ": can't be read", thrown);
    }
  }

  @Override
  public boolean object() {
    return true;
  }
}
