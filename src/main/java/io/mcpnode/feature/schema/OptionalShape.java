package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The four kinds of Optional: left out in JSON where empty.
 *
 * @param wrap makes a full one
 * @param unwrap gives what is inside, or null
 */
record OptionalShape(Shape inner, Object empty, Function<Object, Object> wrap, Unwrap unwrap)
    implements Shape {

  /** Null: it is empty. */
  interface Unwrap {
    @Nullable Object value(Object optional);
  }

  static @Nullable OptionalShape of(JavaType type, Function<JavaType, Shape> shapes) {
    Class<?> raw = type.raw();
    if (raw == Optional.class) {
      return new OptionalShape(
          shapes.apply(type.argument(0)), Optional.empty(), Optional::of, OptionalShape::any);
    }
    if (raw == OptionalInt.class) {
      return new OptionalShape(
          shapes.apply(JavaType.of(Integer.class)),
          OptionalInt.empty(),
          value -> OptionalInt.of((Integer) value),
          value -> ((OptionalInt) value).isPresent() ? ((OptionalInt) value).getAsInt() : null);
    }
    if (raw == OptionalLong.class) {
      return new OptionalShape(
          shapes.apply(JavaType.of(Long.class)),
          OptionalLong.empty(),
          value -> OptionalLong.of((Long) value),
          value -> ((OptionalLong) value).isPresent() ? ((OptionalLong) value).getAsLong() : null);
    }
    if (raw == OptionalDouble.class) {
      return new OptionalShape(
          shapes.apply(JavaType.of(Double.class)),
          OptionalDouble.empty(),
          value -> OptionalDouble.of((Double) value),
          value ->
              ((OptionalDouble) value).isPresent() ? ((OptionalDouble) value).getAsDouble() : null);
    }
    return null;
  }

  private static @Nullable Object any(Object optional) {
    return ((Optional<?>) optional).isPresent() ? ((Optional<?>) optional).get() : null;
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return inner.schema(writer);
  }

  @Override
  public String expected() {
    return inner.expected();
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    Object read = inner.read(value, place, problems);
    return read == null ? null : wrap.apply(read);
  }

  @Override
  public @Nullable JsonNode write(Object value) {
    Object inside = unwrap.value(value);
    return inside == null ? null : inner.write(inside);
  }

  @Override
  public Object absent() {
    return empty;
  }

  @Override
  public boolean optional() {
    return true;
  }

  @Override
  public boolean textual() {
    return inner.textual();
  }

  @Override
  public boolean object() {
    return inner.object();
  }
}
