package io.mcpnode.membership;

/** How a member went. Only the last kind makes a partition. */
public enum Departure {
  /** It said so. */
  LEFT,
  /** Its port refuses connections: proof of death. */
  DIED,
  /** It does not answer, and nothing proves that it is dead. */
  UNREACHABLE
}
