package io.mcpnode.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The client's model wants to use a tool. Answer with {@link #result} or {@link #failed}.
 *
 * @param id by which the answer refers to it
 * @param input the arguments, as they are in JSON: text, numbers, booleans, lists and maps
 */
public record ToolUse(String id, String name, Map<String, Object> input) implements SampleContent {

  public ToolUse {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    input = Collections.unmodifiableMap(new LinkedHashMap<>(input));
  }

  /** An argument as text; empty if there is none. */
  public Optional<String> text(String argument) {
    return Optional.ofNullable(input.get(argument)).map(String::valueOf);
  }

  public ToolResult result(String text) {
    return result(TextContent.of(text));
  }

  public ToolResult result(ContentBlock... content) {
    return new ToolResult(id, List.of(content), Optional.empty(), false);
  }

  /** The model reads why. */
  public ToolResult failed(String message) {
    return new ToolResult(id, List.of(TextContent.of(message)), Optional.empty(), true);
  }
}
