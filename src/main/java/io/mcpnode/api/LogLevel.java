package io.mcpnode.api;

/** How severe a {@linkplain ToolContext#log log message} is, least first (RFC 5424). */
public enum LogLevel {
  DEBUG,
  INFO,
  NOTICE,
  WARNING,
  ERROR,
  CRITICAL,
  ALERT,
  EMERGENCY
}
