package io.mcpnode.api;

import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Binary data, such as {@code BlobResourceContents.of("pictures://1", bytes, "image/png")}.
 *
 * @param base64 the bytes as base64 text
 */
public record BlobResourceContents(
    String uri, Optional<String> mimeType, String base64, Map<String, Object> metadata)
    implements ResourceContents {

  public BlobResourceContents {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(base64, "base64");
    metadata = MetaBuilder.copy(metadata);
  }

  public static BlobResourceContents of(String uri, byte[] data) {
    return builder(uri, data).build();
  }

  public static BlobResourceContents of(String uri, byte[] data, String mimeType) {
    return builder(uri, data).setMimeType(mimeType).build();
  }

  public static Builder builder(String uri, byte[] data) {
    return new Builder(uri, Base64.getEncoder().encodeToString(data));
  }

  /** Adds what is optional. */
  public static final class Builder extends MetaBuilder<Builder> {
    private final String uri;
    private final String base64;
    private Optional<String> mimeType = Optional.empty();

    private Builder(String uri, String base64) {
      this.uri = uri;
      this.base64 = base64;
    }

    @Override
    Builder self() {
      return this;
    }

    public Builder setMimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    public BlobResourceContents build() {
      return new BlobResourceContents(uri, mimeType, base64, metadata);
    }
  }
}
