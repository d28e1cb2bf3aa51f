package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code Object}: any JSON value, read as String, Long, BigInteger, Double, BigDecimal where a
 * double can't hold it, Boolean, List and Map; written by what it is at run time.
 */
final class AnyShape implements Shape {

  static final AnyShape INSTANCE = new AnyShape();

  /** Kept with the class, so that a plugin can be unloaded. */
  private static final ClassValue<Shape> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return new Shapes(SchemaWriter.Direction.OUTPUT).of(JavaType.of(type));
        }
      };

  private AnyShape() {}

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return writer.object();
  }

  @Override
  public String expected() {
    return "any value";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (value.isNull()) {
      throw new IllegalStateException(place + ": null is for the caller to handle");
    }
    int before = problems.count();
    Object read = plain(value, place, problems);
    return problems.count() > before ? null : read;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  private static @Nullable Object plain(JsonNode value, Place place, Problems problems) {
    if (value.isTextual()) {
      return value.textValue();
    }
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isIntegralNumber()) {
      return value.canConvertToLong() ? (Object) value.longValue() : value.bigIntegerValue();
    }
    if (value.isNumber()) {
      return value.isBigDecimal() ? (Object) value.decimalValue() : value.doubleValue();
    }
    if (value.isArray()) {
      List<@Nullable Object> list = new ArrayList<>(value.size());
      for (int i = 0; i < value.size(); i++) {
        list.add(plain(value.get(i), place.item(i), problems));
      }
      return list;
    }
    if (value.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        map.put(entry.getKey(), plain(entry.getValue(), place.field(entry.getKey()), problems));
      }
      return map;
    }
    if (!value.isNull()) {
      problems.wrong(place, value, "number" + Exact.BOUNDED);
    }
    return null;
  }

  @Override
  public @Nullable JsonNode write(Object value) {
    if (value instanceof JsonNode json) {
      return json;
    }
    if (value instanceof Number number) {
      return NumberShape.node(number);
    }
    if (value instanceof Map<?, ?>) {
      return new MapShape(TextShape.STRING, this).write(value);
    }
    if (value instanceof Collection<?>) {
      return new ListShape(List.class, this).write(value);
    }
    Shape shape = BY_CLASS.get(value.getClass());
    return shape == this ? JsonNodeFactory.instance.textNode(value.toString()) : shape.write(value);
  }
}
