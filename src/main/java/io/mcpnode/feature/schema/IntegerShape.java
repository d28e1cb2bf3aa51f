package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** {@code byte}, {@code short}, {@code int}, {@code long}, primitive or boxed. */
record IntegerShape(long min, long max, LongFunction<Object> box, boolean primitive)
    implements Shape {

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return writer.type("integer");
  }

  @Override
  public String expected() {
    return "integer";
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    if (value.isInt() || value.isLong()) {
      long number = value.longValue();
      if (number >= min && number <= max) {
        return box.apply(number);
      }
    } else if (!value.isPojo()) {
      BigInteger exact = Exact.integer(value);
      if (exact == null) {
        problems.wrong(place, value, "integer");
        return null;
      }
      if (exact.bitLength() < Long.SIZE) {
        long number = exact.longValue();
        if (number >= min && number <= max) {
          return box.apply(number);
        }
      }
    }
    problems.wrong(place, value, "integer from " + min + " to " + max);
    return null;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.numberNode(((Number) value).longValue());
  }

  @Override
  public @Nullable Object absent() {
    return primitive ? box.apply(0) : null;
  }
}
