package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is wrong with the arguments of one call, all of it, so that a model can fix it at once. */
public final class Problems {

  private static final int MAX_LISTED = 10;
  private static final int MAX_SHOWN = 80;

  private final List<String> listed = new ArrayList<>(0);
  private int count;

  /** The value is not of the kind that is expected. */
  public void wrong(Place place, JsonNode value, String expected) {
    add(place + ": " + shown(value) + " (expected: " + expected + ")");
  }

  public void missing(Place place, String expected) {
    add(place + ": missing (expected: " + expected + ")");
  }

  public void unknown(Place place, Collection<String> allowed) {
    String hint = Spelling.closest(place.name(), allowed);
    String expected = allowed.isEmpty() ? "none" : String.join(", ", allowed);
    add(
        place
            + ": unknown (expected: "
            + expected
            + (hint == null ? ")" : "); did you mean \"" + hint + "\"?"));
  }

  public void add(String message) {
    count++;
    if (count <= MAX_LISTED) {
      listed.add(message);
    }
  }

  public boolean any() {
    return count > 0;
  }

  int count() {
    return count;
  }

  /** One line a problem. */
  public String text() {
    String text = String.join("\n", listed);
    return count > MAX_LISTED ? text + "\nand " + (count - MAX_LISTED) + " more" : text;
  }

  static String shown(JsonNode value) {
    if (value.isObject()) {
      return "an object";
    }
    if (value.isArray()) {
      return "an array";
    }
    String text = value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
