package io.mcpnode.api;

import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A resource with its contents, such as {@code EmbeddedResource.builder("# Hello",
 * "docs://hello").setMimeType("text/markdown").build()}.
 *
 * @param data the text, or the bytes as base64 text
 * @param binary tells which
 */
public record EmbeddedResource(
    String uri,
    Optional<String> mimeType,
    String data,
    boolean binary,
    Optional<Annotations> annotations,
    Map<String, Object> metadata)
    implements ContentBlock {

  public EmbeddedResource {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(annotations, "annotations");
    metadata = MetaBuilder.copy(metadata);
  }

  public static Builder builder(String text, String uri) {
    return new Builder(uri, text, false);
  }

  public static Builder builder(byte[] data, String uri) {
    return new Builder(uri, Base64.getEncoder().encodeToString(data), true);
  }

  /** Adds what is optional. */
  public static final class Builder extends ContentBuilder<Builder> {
    private final String uri;
    private final String data;
    private final boolean binary;
    private Optional<String> mimeType = Optional.empty();

    private Builder(String uri, String data, boolean binary) {
      this.uri = uri;
      this.data = data;
      this.binary = binary;
    }

    @Override
    Builder self() {
      return this;
    }

    public Builder setMimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    public EmbeddedResource build() {
      return new EmbeddedResource(uri, mimeType, data, binary, annotations, metadata);
    }
  }
}
