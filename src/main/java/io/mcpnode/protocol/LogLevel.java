package io.mcpnode.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How severe a log message is, least first (MCP schema, {@code LoggingLevel}). */
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY;

  /** What is allowed, for messages. */
  public static final String EXPECTED =
      Arrays.stream(values()).map(LogLevel::wire).collect(Collectors.joining(", "));

  private final String wire = name().toLowerCase(Locale.ROOT);

  public String wire() {
    return wire;
  }

  public static @Nullable LogLevel of(@Nullable String wire) {
    for (LogLevel level : values()) {
      if (level.wire.equals(wire)) {
        return level;
      }
    }
    return null;
  }
}
