package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;

/**
 * A number that a double can't hold. As a long it is the nearest one, as with a double: the check
 * by schema compares integers so, and would take the last 64 bits of a large one for all of it.
 */
final class SentDecimal extends DecimalNode {

  private static final long serialVersionUID = 1L;

  private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  SentDecimal(BigDecimal value) {
    super(value);
  }

  @Override
  public long longValue() {
    return decimalValue().min(MAX).max(MIN).longValue();
  }
}
