package io.mcpnode.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole answer of a {@link Prompt}.
 *
 * @param description of this answer, where it differs from that of the prompt
 */
public record PromptResponse(
    Optional<String> description, List<PromptMessage> messages, Map<String, Object> metadata)
    implements MetaCarrier {

  public PromptResponse {
    Objects.requireNonNull(description, "description");
    messages = List.copyOf(messages);
    metadata = MetaBuilder.copy(metadata);
  }

  public static PromptResponse of(PromptMessage... messages) {
    return new PromptResponse(Optional.empty(), List.of(messages), Map.of());
  }

  public static PromptResponse of(String description, PromptMessage... messages) {
    return new PromptResponse(Optional.of(description), List.of(messages), Map.of());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of an answer. */
  public static final class Builder extends MetaBuilder<Builder> {
    private final List<PromptMessage> messages = new ArrayList<>();
    private Optional<String> description = Optional.empty();

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    public Builder setDescription(String description) {
      this.description = Optional.of(description);
      return this;
    }

    public Builder addMessage(Role role, ContentBlock content) {
      messages.add(new PromptMessage(role, content));
      return this;
    }

    public PromptResponse build() {
      return new PromptResponse(description, messages, metadata);
    }
  }
}
