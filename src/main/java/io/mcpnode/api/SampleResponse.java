package io.mcpnode.api;

import java.util.List;
import java.util.Optional;

/**
 * What the client's model wrote.
 *
 * @param content text, images, sounds, and tools that the model wants to use
 * @param model its name
 * @param stopReason such as {@code endTurn}, {@code maxTokens} or {@code toolUse}
 */
public record SampleResponse(
    List<SampleContent> content, String model, Optional<String> stopReason) {

  public SampleResponse {
    content = List.copyOf(content);
  }

  /** All text of the answer. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (SampleContent block : content) {
      if (block instanceof TextContent written) {
        text.append(written.text());
      }
    }
    return text.toString();
  }

  /**
   * The tools that the model wants to use before it goes on; see {@link SampleRequest#answering}.
   */
  public List<ToolUse> toolUses() {
    return content.stream().filter(ToolUse.class::isInstance).map(ToolUse.class::cast).toList();
  }
}
