package io.mcpnode.wire;

import org.jspecify.annotations.Nullable;

/**
 * Where in a trace something happens, as the W3C recommendation "Trace Context" writes it in the
 * header {@code traceparent}.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16 of them, not all zero
 * @param sampled the caller records this trace
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

  /** The name of the HTTP header, and of the field in {@code _meta}. */
  public static final String HEADER = "traceparent";

  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;
  private static final int LENGTH = 55;

  /**
   * @throws IllegalArgumentException if an id is none
   */
  public TraceContext {
    if (!isTraceId(traceId)) {
      throw new IllegalArgumentException(
          "traceId: \"" + traceId + "\" (expected: 32 lower-case hex digits, not all zero)");
    }
    if (spanId.length() != 16 || !isId(spanId, 0, 16)) {
      throw new IllegalArgumentException(
          "spanId: \"" + spanId + "\" (expected: 16 lower-case hex digits, not all zero)");
    }
  }

  /** Null for anything but a valid one: a wrong trace context is ignored, never an error. */
  public static @Nullable TraceContext parse(@Nullable String text) {
    return text != null && isValid(text)
        ? new TraceContext(
            text.substring(TRACE_ID, TRACE_ID + 32),
            text.substring(SPAN_ID, SPAN_ID + 16),
            isSampled(text))
        : null;
  }

  /** Of a version that is not known yet, what is known of it must be right. Allocates nothing. */
  public static boolean isValid(String text) {
    int length = text.length();
    return length >= LENGTH
        && isHex(text, 0, 2)
        && !text.startsWith("ff")
        && (length == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-'))
        && text.charAt(TRACE_ID - 1) == '-'
        && isId(text, TRACE_ID, TRACE_ID + 32)
        && text.charAt(SPAN_ID - 1) == '-'
        && isId(text, SPAN_ID, SPAN_ID + 16)
        && text.charAt(FLAGS - 1) == '-'
        && isHex(text, FLAGS, LENGTH);
  }

  /** The lowest bit of the flags of a valid one. */
  public static boolean isSampled(String valid) {
    return (Character.digit(valid.charAt(FLAGS + 1), 16) & 1) == 1;
  }

  public static boolean isTraceId(String text) {
    return text.length() == 32 && isId(text, 0, 32);
  }

  private static boolean isId(String text, int from, int to) {
    boolean zero = true;
    for (int i = from; i < to; i++) {
      zero &= text.charAt(i) == '0';
    }
    return !zero && isHex(text, from, to);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** As the header has it. */
  @Override
  public String toString() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
