package io.mcpnode.config;

import org.jspecify.annotations.Nullable;

/** How a setting is written, in a file and in an environment variable alike. */
interface Type<T> {

  /** The value, or null if the text is not one. */
  @Nullable T parse(String text);

  /** As it is written; {@link #parse} reads it back. */
  String show(T value);

  /** What is allowed, to end the sentence "expected: ...". */
  String allowed();

  /** As a YAML scalar or flow sequence. */
  default String yaml(T value) {
    return Yaml.scalar(show(value));
  }

  /** A list in a file, separated by commas in an environment variable. */
  default boolean isList() {
    return false;
  }
}
