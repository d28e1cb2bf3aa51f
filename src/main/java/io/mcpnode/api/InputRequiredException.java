package io.mcpnode.api;

/**
 * Ends a round of a call whose client answers questions by calling again (2026-07-28): the future
 * of a question that has no answer yet fails with it at once. Let it pass; the method runs again,
 * from its beginning, when the answers are there.
 */
public final class InputRequiredException extends McpException {

  /** Never sent: the answer of such a round is {@code input_required}. */
  private static final int INTERNAL_ERROR = -32603;

  public InputRequiredException(String key) {
    super(INTERNAL_ERROR, "no answer yet: " + key);
  }
}
