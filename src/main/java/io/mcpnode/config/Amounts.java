package io.mcpnode.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations ({@code 500ms}, {@code 10s}, {@code 5m}, {@code 1h}) and sizes ({@code 4MiB}). */
final class Amounts {

  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})([A-Za-z]*)");

  /** Smallest unit first; its number is one. */
  private static final Map<String, Long> TIMES = times();

  private static final Map<String, Long> SIZES = sizes();

  private Amounts() {}

  static Type<Duration> duration(String min, String max) {
    long least = required(min, TIMES);
    long most = required(max, TIMES);
    return Types.of(
        text -> {
          Long millis = parse(text, TIMES);
          return millis == null || millis < least || millis > most
              ? null
              : Duration.ofMillis(millis);
        },
        value -> show(value.toMillis(), TIMES),
        "a duration from " + min + " to " + max + ", in ms, s, m or h, such as 500ms");
  }

  /** Bytes. */
  static Type<Integer> size(String min, String max) {
    long least = required(min, SIZES);
    long most = required(max, SIZES);
    return Types.of(
        text -> {
          Long bytes = parse(text, SIZES);
          return bytes == null || bytes < least || bytes > most ? null : Math.toIntExact(bytes);
        },
        value -> show(value, SIZES),
        "a size from " + min + " to " + max + ", in bytes, KiB or MiB, such as 4MiB");
  }

  private static @Nullable Long parse(String text, Map<String, Long> units) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return null;
    }
    Long unit = units.get(amount.group(2));
    return unit == null ? null : Long.parseLong(amount.group(1)) * unit;
  }

  private static long required(String text, Map<String, Long> units) {
    Long amount = parse(text, units);
    if (amount == null) {
      throw new IllegalArgumentException(text + " (expected: one of " + units.keySet() + ")");
    }
    return amount;
  }

  /** In the largest unit that says it exactly. */
  private static String show(long amount, Map<String, Long> units) {
    List<Map.Entry<String, Long>> smallestFirst = new ArrayList<>(units.entrySet());
    for (int i = smallestFirst.size() - 1; i > 0; i--) {
      long unit = smallestFirst.get(i).getValue();
      if (amount != 0 && amount % unit == 0) {
        return amount / unit + smallestFirst.get(i).getKey();
      }
    }
    return amount + smallestFirst.get(0).getKey();
  }

  private static Map<String, Long> times() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("ms", 1L);
    units.put("s", 1000L);
    units.put("m", 60_000L);
    units.put("h", 3_600_000L);
    return units;
  }

  private static Map<String, Long> sizes() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("", 1L);
    units.put("KiB", 1L << 10);
    units.put("MiB", 1L << 20);
    return units;
  }
}
