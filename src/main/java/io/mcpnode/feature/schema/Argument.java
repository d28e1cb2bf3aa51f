package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A named value within an object: an argument of a tool or a field of a record.
 *
 * @param description empty: none
 * @param required as far as its type and default allow
 * @param defaultValue null: none
 * @param header of {@code x-mcp-header}; empty: none
 */
public record Argument(
    String name,
    String description,
    Shape shape,
    boolean required,
    @Nullable JsonNode defaultValue,
    String header) {

  public Argument {
    required = required && !shape.optional() && defaultValue == null;
    if (defaultValue != null) {
      Problems problems = new Problems();
      shape.read(defaultValue, new Place(null, "defaultValue", -1), problems);
      if (problems.any()) {
        throw new UnsupportedTypeException(name + ": " + problems.text());
      }
    }
  }

  ObjectNode schema(SchemaWriter writer) {
    ObjectNode schema = shape.schema(writer);
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    if (defaultValue != null && writer.isInput()) {
      schema.set("default", defaultValue);
    }
    if (!header.isEmpty()) {
      schema.put("x-mcp-header", header);
    }
    return schema;
  }

  /**
   * Reads into the array.
   *
   * @param given null: nothing was passed; so does JSON null say, unless it is a value of the type
   * @return false after naming a problem
   */
  boolean read(
      @Nullable JsonNode given,
      Place owner,
      @Nullable Object[] into,
      int index,
      Problems problems) {
    JsonNode value = given == null || given.isNull() ? defaultValue : given;
    if (value == null) {
      if (required && given != null && shape.nullable()) {
        into[index] = null;
        return true;
      }
      if (required) {
        problems.missing(owner.field(name), shape.expected());
        return false;
      }
      into[index] = shape.absent();
      return true;
    }
    // A fresh value for each call, also of a default: lists can be changed.
    Object read = shape.read(value, owner.field(name), problems);
    into[index] = read;
    return read != null;
  }
}
