package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** How values of one Java type look in JSON. Immutable once compiled, for any thread. */
public interface Shape {

  ObjectNode schema(SchemaWriter writer);

  /** What is expected, for messages, such as {@code integer}. */
  String expected();

  /**
   * Converts a JSON value that is not null.
   *
   * @return null after naming a problem, and else never
   */
  @Nullable Object read(JsonNode value, Place place, Problems problems);

  /** Null if the value is to be left out. */
  @Nullable JsonNode write(Object value);

  /** What a parameter gets when there is nothing: null, a primitive's zero, an empty Optional. */
  default @Nullable Object absent() {
    return null;
  }

  /** The type itself says that the value may be missing. */
  default boolean optional() {
    return false;
  }

  /** JSON null is one of its values, and becomes null. */
  default boolean nullable() {
    return false;
  }

  /** Its JSON form is a string. */
  default boolean textual() {
    return false;
  }

  /** Its JSON form is an object. */
  default boolean object() {
    return false;
  }

  /** Of a Java primitive, so never null. */
  default boolean primitive() {
    return false;
  }
}
