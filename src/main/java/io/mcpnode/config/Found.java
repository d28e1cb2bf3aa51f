package io.mcpnode.config;

/**
 * A value as somebody wrote it.
 *
 * @param text of a scalar; of a list, its elements separated by commas
 * @param form how it was written
 * @param where a line of a file, or an environment variable
 */
record Found(String text, Form form, String where) {

  enum Form {
    SCALAR,
    LIST,
    /** An environment variable. */
    EITHER,
    /** {@code null}, or nothing after the colon. */
    NOTHING
  }
}
