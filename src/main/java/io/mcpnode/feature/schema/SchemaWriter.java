package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Writes one schema document; types that contain themselves go to its {@code $defs}. */
public final class SchemaWriter {

  /** Arguments are checked strictly; what a tool returns may lack whatever Java lets be null. */
  public enum Direction {
    INPUT,
    OUTPUT
  }

  private final Direction direction;
  private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();
  private final Map<ObjectShape, String> names = new HashMap<>();

  public SchemaWriter(Direction direction) {
    this.direction = direction;
  }

  public boolean isInput() {
    return direction == Direction.INPUT;
  }

  public ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public ObjectNode type(String type) {
    return object().put("type", type);
  }

  /** A reference to the definition of the object, which is written at its first use. */
  ObjectNode reference(ObjectShape shape) {
    String name = names.get(shape);
    if (name == null) {
      String simple = shape.name();
      name = simple;
      for (int i = 2; definitions.has(name); i++) {
        name = simple + i;
      }
      names.put(shape, name);
      definitions.putObject(name);
      definitions.set(name, shape.body(this));
    }
    return object().put("$ref", "#/$defs/" + name);
  }

  /** The finished document: the root, with definitions if there are any. */
  public ObjectNode finish(ObjectNode root) {
    if (!definitions.isEmpty()) {
      root.set("$defs", definitions);
    }
    return root;
  }

  /** As {@link #finish}, for a document that must have {@code type: object} at its root. */
  public ObjectNode document(Shape shape) {
    ObjectNode root = shape.schema(this);
    if (root.has("$ref")) {
      String name = root.get("$ref").textValue().substring("#/$defs/".length());
      root = ((ObjectNode) definitions.get(name)).deepCopy();
    }
    return finish(root);
  }
}
