package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mcpnode.api.AudioContent;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.EmbeddedResource;
import io.mcpnode.api.ImageContent;
import io.mcpnode.api.ResourceLink;
import io.mcpnode.api.TextContent;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import io.mcpnode.protocol.Content;

/** What authors put into answers and questions, as the protocol has it. */
public final class Blocks {

  private static final Shape ANY =
      new Shapes(SchemaWriter.Direction.OUTPUT).of(JavaType.of(Object.class));

  private Blocks() {}

  /** Any value as JSON. */
  public static JsonNode json(Object value) {
    JsonNode json = ANY.write(value);
    return json == null ? NullNode.instance : json;
  }

  /**
   * @throws IllegalArgumentException for metadata with a wrong key
   */
  public static Content of(ContentBlock block) {
    Content.Extras extras = Metadata.of(block);
    if (block instanceof TextContent text) {
      return new Content.Text(text.text(), extras);
    }
    if (block instanceof ImageContent image) {
      return new Content.Image(image.base64(), image.mimeType(), extras);
    }
    if (block instanceof AudioContent audio) {
      return new Content.Audio(audio.base64(), audio.mimeType(), extras);
    }
    if (block instanceof ResourceLink link) {
      return new Content.Link(
          link.uri(),
          link.name(),
          link.title().orElse(null),
          link.description().orElse(null),
          link.mimeType().orElse(null),
          link.size().isPresent() ? link.size().getAsLong() : null,
          extras);
    }
    EmbeddedResource resource = (EmbeddedResource) block;
    return new Content.Embedded(
        resource.uri(),
        resource.mimeType().orElse(null),
        resource.binary() ? null : resource.data(),
        resource.binary() ? resource.data() : null,
        extras);
  }
}
