package io.mcpnode.api;

import java.util.Objects;

/** One message of a {@link Prompt}, such as {@code PromptMessage.ofUser("Summarize this.")}. */
public record PromptMessage(Role role, ContentBlock content) {

  public PromptMessage {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(content, "content");
  }

  public static PromptMessage ofUser(String text) {
    return new PromptMessage(Role.USER, TextContent.of(text));
  }

  public static PromptMessage ofUser(ContentBlock content) {
    return new PromptMessage(Role.USER, content);
  }

  public static PromptMessage ofAssistant(String text) {
    return new PromptMessage(Role.ASSISTANT, TextContent.of(text));
  }

  public static PromptMessage ofAssistant(ContentBlock content) {
    return new PromptMessage(Role.ASSISTANT, content);
  }
}
