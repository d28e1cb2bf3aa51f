package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A content block of a tool's answer (MCP schema, {@code ContentBlock}). Binary data is base64
 * text.
 */
public sealed interface Content {

  Extras extras();

  /**
   * What any block may have.
   *
   * @param meta its {@code _meta}, which nobody may change; null: none
   */
  record Extras(ResourceDescriptor.Hints hints, @Nullable ObjectNode meta) {
    public static final Extras NONE = new Extras(ResourceDescriptor.Hints.NONE, null);
  }

  /** Words. */
  record Text(String text, Extras extras) implements Content {
    public Text(String text) {
      this(text, Extras.NONE);
    }
  }

  /** A picture. */
  record Image(String data, String mimeType, Extras extras) implements Content {
    public Image(String data, String mimeType) {
      this(data, mimeType, Extras.NONE);
    }
  }

  /** A sound. */
  record Audio(String data, String mimeType, Extras extras) implements Content {
    public Audio(String data, String mimeType) {
      this(data, mimeType, Extras.NONE);
    }
  }

  /** Since 2025-06-18. */
  record Link(
      String uri,
      String name,
      @Nullable String title,
      @Nullable String description,
      @Nullable String mimeType,
      @Nullable Long size,
      Extras extras)
      implements Content {
    public Link(String uri, String name, @Nullable String description, @Nullable String mimeType) {
      this(uri, name, null, description, mimeType, null, Extras.NONE);
    }
  }

  /** Exactly one of text and blob is set. */
  record Embedded(
      String uri,
      @Nullable String mimeType,
      @Nullable String text,
      @Nullable String blob,
      Extras extras)
      implements Content {
    public Embedded(
        String uri, @Nullable String mimeType, @Nullable String text, @Nullable String blob) {
      this(uri, mimeType, text, blob, Extras.NONE);
    }
  }
}
