package io.mcpnode.trace;

import io.mcpnode.wire.TraceContext;
import org.jspecify.annotations.Nullable;

/** Which requests are recorded. Decided once, where a request enters the cluster. */
final class Sampling {

  private final long threshold;
  private final boolean all;

  /**
   * @param ratio of the traces that begin here, from 0 to 1
   */
  Sampling(double ratio) {
    this.all = ratio >= 1;
    this.threshold = (long) (ratio * Long.MAX_VALUE);
  }

  /**
   * @param traceparent of the caller, who decides if it is valid; null: none
   * @param random all 64 bits are used
   */
  boolean records(@Nullable String traceparent, long random) {
    if (traceparent != null && TraceContext.isValid(traceparent)) {
      return TraceContext.isSampled(traceparent);
    }
    long positive = random & Long.MAX_VALUE;
    return all || positive < threshold;
  }
}
