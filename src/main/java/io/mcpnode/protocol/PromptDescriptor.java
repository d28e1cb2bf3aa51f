package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prompt as {@code prompts/list} shows it. */
public record PromptDescriptor(
    String name,
    @Nullable String title,
    @Nullable String description,
    List<Argument> arguments,
    Extras extras) {

  public PromptDescriptor {
    arguments = List.copyOf(arguments);
  }

  /** Without extras. */
  public PromptDescriptor(
      String name, @Nullable String title, @Nullable String description, List<Argument> arguments) {
    this(name, title, description, arguments, Extras.NONE);
  }

  /** Something to be filled in. */
  public record Argument(
      String name, @Nullable String title, @Nullable String description, boolean required) {}
}
