package io.mcpnode.api;

/** What an author offers. */
public enum FeatureType {
  /** A {@link Prompt}. */
  PROMPT,
  /** A {@link Resource}. */
  RESOURCE,
  /** A {@link ResourceTemplate}. */
  RESOURCE_TEMPLATE,
  /** A {@link Tool}. */
  TOOL
}
