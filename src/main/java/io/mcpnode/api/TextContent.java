package io.mcpnode.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Text, such as {@code TextContent.of("It rains.")}. */
public record TextContent(
    String text, Optional<Annotations> annotations, Map<String, Object> metadata)
    implements ContentBlock, SampleContent {

  public TextContent {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(annotations, "annotations");
    metadata = MetaBuilder.copy(metadata);
  }

  public TextContent(String text) {
    this(text, Optional.empty(), Map.of());
  }

  public static TextContent of(String text) {
    return new TextContent(text);
  }

  public static Builder builder(String text) {
    return new Builder(text);
  }

  /** Adds what is optional. */
  public static final class Builder extends ContentBuilder<Builder> {
    private final String text;

    private Builder(String text) {
      this.text = text;
    }

    @Override
    Builder self() {
      return this;
    }

    public TextContent build() {
      return new TextContent(text, annotations, metadata);
    }
  }
}
