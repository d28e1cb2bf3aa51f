package io.mcpnode.api;

/** Who says a message, or whom a {@link Resource} is for. */
public enum Role {
  USER,
  ASSISTANT
}
