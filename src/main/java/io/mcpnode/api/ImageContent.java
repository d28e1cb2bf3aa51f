package io.mcpnode.api;

import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A picture, such as {@code ImageContent.of(bytes, "image/png")}.
 *
 * @param base64 the bytes as base64 text
 */
public record ImageContent(
    String base64, String mimeType, Optional<Annotations> annotations, Map<String, Object> metadata)
    implements ContentBlock, SampleContent {

  public ImageContent {
    Objects.requireNonNull(base64, "base64");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(annotations, "annotations");
    metadata = MetaBuilder.copy(metadata);
  }

  public ImageContent(String base64, String mimeType) {
    this(base64, mimeType, Optional.empty(), Map.of());
  }

  public static ImageContent of(byte[] data, String mimeType) {
    return new ImageContent(Base64.getEncoder().encodeToString(data), mimeType);
  }

  public static Builder builder(byte[] data, String mimeType) {
    return new Builder(Base64.getEncoder().encodeToString(data), mimeType);
  }

  /** Adds what is optional. */
  public static final class Builder extends ContentBuilder<Builder> {
    private final String base64;
    private final String mimeType;

    private Builder(String base64, String mimeType) {
      this.base64 = base64;
      this.mimeType = mimeType;
    }

    @Override
    Builder self() {
      return this;
    }

    public ImageContent build() {
      return new ImageContent(base64, mimeType, annotations, metadata);
    }
  }
}
