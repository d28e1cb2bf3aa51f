package io.mcpnode.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tool answered that the client's model has used.
 *
 * @param toolUseId of the {@link ToolUse}
 * @param structuredContent anything whose JSON form is an object
 * @param isError the tool failed, and the content says why
 */
public record ToolResult(
    String toolUseId,
    List<ContentBlock> content,
    Optional<Object> structuredContent,
    boolean isError)
    implements SampleContent {

  public ToolResult {
    Objects.requireNonNull(toolUseId, "toolUseId");
    content = List.copyOf(content);
    Objects.requireNonNull(structuredContent, "structuredContent");
  }
}
