package io.mcpnode.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Text, such as {@code TextResourceContents.of("docs://hello", "Hello")}. */
public record TextResourceContents(
    String uri, Optional<String> mimeType, String text, Map<String, Object> metadata)
    implements ResourceContents {

  public TextResourceContents {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(text, "text");
    metadata = MetaBuilder.copy(metadata);
  }

  public static TextResourceContents of(String uri, String text) {
    return builder(uri, text).build();
  }

  public static TextResourceContents of(String uri, String text, String mimeType) {
    return builder(uri, text).setMimeType(mimeType).build();
  }

  public static Builder builder(String uri, String text) {
    return new Builder(uri, text);
  }

  /** Adds what is optional. */
  public static final class Builder extends MetaBuilder<Builder> {
    private final String uri;
    private final String text;
    private Optional<String> mimeType = Optional.empty();

    private Builder(String uri, String text) {
      this.uri = uri;
      this.text = text;
    }

    @Override
    Builder self() {
      return this;
    }

    public Builder setMimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    public TextResourceContents build() {
      return new TextResourceContents(uri, mimeType, text, metadata);
    }
  }
}
