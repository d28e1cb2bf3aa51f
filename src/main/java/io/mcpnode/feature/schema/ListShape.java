package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, sets and arrays. */
record ListShape(Class<?> raw, Shape item) implements Shape {

  static boolean fits(Class<?> raw) {
    return raw.isArray() || isSet(raw) || isList(raw);
  }

  private static boolean isSet(Class<?> raw) {
    return raw != Object.class
        && raw.isAssignableFrom(LinkedHashSet.class)
        && java.util.Set.class.isAssignableFrom(raw);
  }

  private static boolean isList(Class<?> raw) {
    return Iterable.class.isAssignableFrom(raw) && raw.isAssignableFrom(ArrayList.class);
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    ObjectNode schema = writer.type("array");
    if (isSet(raw)) {
      schema.put("uniqueItems", true);
    }
    schema.set("items", item.schema(writer));
    return schema;
  }

  @Override
  public String expected() {
    return "array of " + item.expected();
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (!value.isArray()) {
      problems.wrong(place, value, "array");
      return null;
    }
    List<@Nullable Object> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      JsonNode element = value.get(i);
      Object read =
          element.isNull()
              ? nothing(place.item(i), problems)
              : item.read(element, place.item(i), problems);
      if (read != null || (element.isNull() && item.nullable())) {
        items.add(read);
      }
    }
    if (items.size() < value.size()) {
      return null;
    }
    return isSet(raw)
        ? unique(items, value, place, problems)
        : raw.isArray() ? array(items) : items;
  }

  private @Nullable Object nothing(Place place, Problems problems) {
    if (item.nullable()) {
      return null;
    }
    problems.add(place + ": null (expected: " + item.expected() + ")");
    return null;
  }

  private static @Nullable Object unique(
      List<@Nullable Object> items, JsonNode value, Place place, Problems problems) {
    LinkedHashSet<@Nullable Object> set = new LinkedHashSet<>(items);
    if (set.size() < items.size()) {
      problems.wrong(place, value, "no item twice");
      return null;
    }
    return set;
  }

  private Object array(List<@Nullable Object> items) {
    Object array = Array.newInstance(raw.getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }

  @Override
  public JsonNode write(Object value) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    if (value instanceof Iterable<?> items) {
      for (Object element : items) {
        array.add(written(element));
      }
    } else {
      for (int i = 0; i < Array.getLength(value); i++) {
        array.add(written(Array.get(value, i)));
      }
    }
    return array;
  }

  private @Nullable JsonNode written(@Nullable Object element) {
    return element == null ? null : item.write(element);
  }

  /** Any kind of collection can be written. */
  static boolean writes(Class<?> raw) {
    return raw.isArray() || Collection.class.isAssignableFrom(raw);
  }
}
