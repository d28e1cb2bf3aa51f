package io.mcpnode.feature.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Numbers without loss, and without the cost of huge exponents. */
final class Exact {

  private static final int MAX_SCALE = 1000;

  /** What more is expected of a number than to be one. */
  static final String BOUNDED = " with an exponent up to " + MAX_SCALE;

  private Exact() {}

  /** The integer, also if it is written as {@code 3.0}; null if it is none. */
  static @Nullable BigInteger integer(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.bigIntegerValue();
    }
    BigDecimal decimal = decimal(value);
    if (decimal == null) {
      return null;
    }
    BigDecimal plain = decimal.stripTrailingZeros();
    return plain.scale() <= 0 ? plain.toBigIntegerExact() : null;
  }

  /** Null if it is no number, infinite, or has an exponent beyond use. */
  static @Nullable BigDecimal decimal(JsonNode value) {
    boolean finite = value.isBigDecimal() || Double.isFinite(value.doubleValue());
    if (!value.isNumber() || !finite) {
      return null;
    }
    BigDecimal decimal = value.decimalValue();
    return Math.abs((long) decimal.scale()) > MAX_SCALE ? null : decimal;
  }
}
