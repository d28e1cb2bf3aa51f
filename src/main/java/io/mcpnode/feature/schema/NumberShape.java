package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * All numbers but the fixed-size integers.
 *
 * @param type of JSON Schema: number or integer
 * @param range what is expected where a number is beyond what the type can hold
 * @param zero of a primitive, else null
 */
record NumberShape(String type, Conversion conversion, String range, @Nullable Object zero)
    implements Shape {

  /** Null: not a number that the type can hold. */
  interface Conversion {
    @Nullable Object from(JsonNode value);
  }

  static final NumberShape DOUBLE =
      new NumberShape("number", NumberShape::toDouble, "number in the range of a double", null);
  static final NumberShape FLOAT =
      new NumberShape("number", NumberShape::toFloat, "number in the range of a float", null);
  static final NumberShape DECIMAL =
      new NumberShape("number", Exact::decimal, "number" + Exact.BOUNDED, null);
  static final NumberShape BIG_INTEGER =
      new NumberShape("integer", Exact::integer, "integer" + Exact.BOUNDED, null);
  static final NumberShape ANY =
      new NumberShape("number", NumberShape::toNumber, "number" + Exact.BOUNDED, null);

  NumberShape primitive(Object zero) {
    return new NumberShape(type, conversion, range, zero);
  }

  @Override
  public ObjectNode schema(SchemaWriter writer) {
    return writer.type(type);
  }

  @Override
  public String expected() {
    return type;
  }

  @Override
  public @Nullable Object read(JsonNode value, Place place, Problems problems) {
    Object number = value.isNumber() ? conversion.from(value) : null;
    if (number == null) {
      problems.wrong(place, value, expected(value));
    }
    return number;
  }

  private String expected(JsonNode value) {
    boolean beyond = value.isPojo() || (value.isNumber() && type.equals("number"));
    return beyond ? range : type;
  }

  @Override
  public JsonNode write(Object value) {
    return node((Number) value);
  }

  /** JSON has no infinity and no NaN. */
  static JsonNode node(Number number) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (number instanceof BigDecimal decimal) {
      return nodes.numberNode(decimal);
    }
    if (number instanceof BigInteger integer) {
      return nodes.numberNode(integer);
    }
    if (number instanceof Double || number instanceof Float) {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        throw new ArithmeticException("result: " + value + " (expected: a finite number)");
      }
      return number instanceof Float
          ? nodes.numberNode(number.floatValue())
          : nodes.numberNode(value);
    }
    return nodes.numberNode(number.longValue());
  }

  @Override
  public @Nullable Object absent() {
    return zero;
  }

  @Override
  public boolean primitive() {
    return zero != null;
  }

  private static @Nullable Object toDouble(JsonNode value) {
    double number = value.doubleValue();
    boolean vanished = number == 0 && value.isBigDecimal() && value.decimalValue().signum() != 0;
    return Double.isFinite(number) && !vanished ? number : null;
  }

  private static @Nullable Object toFloat(JsonNode value) {
    float number = value.floatValue();
    return Float.isFinite(number) ? number : null;
  }

  private static @Nullable Object toNumber(JsonNode value) {
    if (value.isInt() || value.isLong()) {
      return value.longValue();
    }
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    return value.isBigDecimal() ? Exact.decimal(value) : toDouble(value);
  }
}
