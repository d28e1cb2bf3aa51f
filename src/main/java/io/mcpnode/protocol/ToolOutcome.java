package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answered.
 *
 * @param structured {@code structuredContent}, sent to revisions that know it
 * @param error {@code isError}: the tool failed in a way the model shall see
 * @param meta {@code _meta}, which nobody may change; null: none
 */
public record ToolOutcome(
    List<Content> content,
    @Nullable JsonNode structured,
    boolean error,
    @Nullable ObjectNode meta) {

  public ToolOutcome(List<Content> content, @Nullable JsonNode structured, boolean error) {
    this(content, structured, error, null);
  }

  public static ToolOutcome text(String text) {
    return new ToolOutcome(List.of(new Content.Text(text)), null, false);
  }

  public static ToolOutcome failed(String text) {
    return new ToolOutcome(List.of(new Content.Text(text)), null, true);
  }
}
