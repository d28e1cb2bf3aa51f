package io.mcpnode.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture for people (MCP schema, {@code Icon}).
 *
 * @param theme {@code light}, {@code dark}, or null
 */
public record Icon(
    String src, @Nullable String mimeType, List<String> sizes, @Nullable String theme) {

  public Icon {
    sizes = List.copyOf(sizes);
  }
}
