package io.mcpnode.feature.schema;

import org.jspecify.annotations.Nullable;

/**
 * Where in the arguments a value is, for messages; turned into text only when something is wrong.
 */
public record Place(@Nullable Place parent, String name, int index) {

  public static final Place ARGUMENTS = new Place(null, "arguments", -1);

  public Place field(String field) {
    return new Place(this, field, -1);
  }

  public Place item(int item) {
    return new Place(this, "", item);
  }

  @Override
  public String toString() {
    if (parent == null) {
      return name;
    }
    return index >= 0 ? parent + "[" + index + "]" : parent + "." + name;
  }
}
