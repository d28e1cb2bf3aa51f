package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource, or a family of them, as the lists show it.
 *
 * @param uri an address; a template for a family
 * @param size in bytes; null if unknown, and for a family
 */
public record ResourceDescriptor(
    String uri,
    String name,
    @Nullable String title,
    @Nullable String description,
    @Nullable String mimeType,
    @Nullable Long size,
    Hints hints,
    Extras extras) {

  /** Without extras. */
  public ResourceDescriptor(
      String uri,
      String name,
      @Nullable String title,
      @Nullable String description,
      @Nullable String mimeType,
      @Nullable Long size,
      Hints hints) {
    this(uri, name, title, description, mimeType, size, hints, Extras.NONE);
  }

  /**
   * MCP's {@code Annotations}; null and empty where the author said nothing.
   *
   * @param audience {@code user}, {@code assistant}
   * @param lastModified a time of ISO 8601
   */
  public record Hints(
      List<String> audience, @Nullable Double priority, @Nullable String lastModified) {
    public static final Hints NONE = new Hints(List.of(), null, null);

    public Hints {
      audience = List.copyOf(audience);
    }
  }
}
