package io.mcpnode.api;

import io.mcpnode.api.SampleRequest.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order of messages in which models accept them: tools that a model wants to use are all
 * answered by the next message, which has nothing else in it.
 */
final class Conversation {

  private Conversation() {}

  /**
   * @throws IllegalArgumentException naming the message that is out of order
   */
  static void check(List<Message> messages) {
    Set<String> open = Set.of();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      Set<String> uses = new HashSet<>();
      Set<String> results = new HashSet<>();
      for (SampleContent block : message.content()) {
        if (block instanceof ToolUse use) {
          uses.add(use.id());
        } else if (block instanceof ToolResult result) {
          results.add(result.toolUseId());
        }
      }
      if (!results.equals(open)) {
        throw wrong(i, "results of " + results, "of " + open);
      }
      if (!results.isEmpty() && results.size() != message.content().size()) {
        throw wrong(i, "results and other content", "results alone, one for each use");
      }
      if (!uses.isEmpty() && message.role() != Role.ASSISTANT) {
        throw wrong(i, "the user uses a tool", "the assistant");
      }
      if (!results.isEmpty() && message.role() != Role.USER) {
        throw wrong(i, "results of the assistant", "of the user");
      }
      open = uses;
    }
    if (!open.isEmpty()) {
      throw wrong(messages.size(), "none", "results of " + open);
    }
  }

  private static IllegalArgumentException wrong(int index, String found, String expected) {
    return new IllegalArgumentException(
        "messages[" + index + "]: " + found + " (expected: " + expected + ")");
  }
}
