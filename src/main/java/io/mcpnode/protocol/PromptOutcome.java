package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a prompt with its arguments filled in.
 *
 * @param meta {@code _meta}, which nobody may change; null: none
 */
public record PromptOutcome(
    @Nullable String description, List<Message> messages, @Nullable ObjectNode meta) {

  public PromptOutcome {
    messages = List.copyOf(messages);
  }

  public PromptOutcome(@Nullable String description, List<Message> messages) {
    this(description, messages, null);
  }

  /**
   * One message.
   *
   * @param role {@code user} or {@code assistant}
   */
  public record Message(String role, Content content) {}
}
