package io.mcpnode.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Points to a resource that the client may read, such as {@code ResourceLink.builder("Manual",
 * "docs://manual").setMimeType("text/markdown").build()}. Clients of 2025-03-26 don't know links.
 *
 * @param title for people
 * @param size in bytes
 */
public record ResourceLink(
    String name,
    String uri,
    Optional<String> title,
    Optional<String> description,
    Optional<String> mimeType,
    OptionalLong size,
    Optional<Annotations> annotations,
    Map<String, Object> metadata)
    implements ContentBlock {

  public ResourceLink {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(annotations, "annotations");
    metadata = MetaBuilder.copy(metadata);
  }

  public static Builder builder(String name, String uri) {
    return new Builder(name, uri);
  }

  /** Adds what is optional. */
  public static final class Builder extends ContentBuilder<Builder> {
    private final String name;
    private final String uri;
    private Optional<String> title = Optional.empty();
    private Optional<String> description = Optional.empty();
    private Optional<String> mimeType = Optional.empty();
    private OptionalLong size = OptionalLong.empty();

    private Builder(String name, String uri) {
      this.name = name;
      this.uri = uri;
    }

    @Override
    Builder self() {
      return this;
    }

    public Builder setTitle(String title) {
      this.title = Optional.of(title);
      return this;
    }

    public Builder setDescription(String description) {
      this.description = Optional.of(description);
      return this;
    }

    public Builder setMimeType(String mimeType) {
      this.mimeType = Optional.of(mimeType);
      return this;
    }

    public Builder setSize(long size) {
      this.size = OptionalLong.of(size);
      return this;
    }

    public ResourceLink build() {
      return new ResourceLink(name, uri, title, description, mimeType, size, annotations, metadata);
    }
  }
}
