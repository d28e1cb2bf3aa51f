package io.mcpnode.protocol;

/** What stands where an object may stand. */
public enum Shape {
  /** Nothing, or null. */
  ABSENT,
  OBJECT,
  /** Something else. */
  OTHER
}
