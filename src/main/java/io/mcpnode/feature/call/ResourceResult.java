package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.BlobResourceContents;
import io.mcpnode.api.ResourceContents;
import io.mcpnode.api.ResourceResponse;
import io.mcpnode.api.TextResourceContents;
import io.mcpnode.feature.schema.JavaType;
import io.mcpnode.feature.schema.SchemaWriter;
import io.mcpnode.feature.schema.Shape;
import io.mcpnode.feature.schema.Shapes;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ResourceDescriptor.Hints;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How what a method returns becomes the contents of a resource. */
final class ResourceResult {

  private static final String JSON = "application/json";

  private final Shape shape;
  private final @Nullable String mimeType;

  /**
   * @param type what the method returns, or its future completes with
   * @param mimeType of the resource, for what says none itself
   */
  ResourceResult(JavaType type, @Nullable String mimeType) {
    if (type.raw() == void.class || type.raw() == Void.class) {
      throw new IllegalArgumentException("return type: void (expected: the contents)");
    }
    this.mimeType = mimeType;
    this.shape = new Shapes(SchemaWriter.Direction.OUTPUT).of(type);
  }

  /** Nothing: there is no such resource. */
  List<Content.Embedded> of(String uri, @Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return of(uri, optional.orElse(null));
    }
    if (value == null) {
      return List.of();
    }
    if (value instanceof String text) {
      return List.of(new Content.Embedded(uri, mimeType, text, null));
    }
    if (value instanceof byte[] bytes) {
      String base64 = Base64.getEncoder().encodeToString(bytes);
      return List.of(new Content.Embedded(uri, mimeType, null, base64));
    }
    if (value instanceof ResourceContents contents) {
      return List.of(contents(contents));
    }
    if (value instanceof ResourceResponse response) {
      return response.contents().stream().map(this::contents).toList();
    }
    if (value instanceof List<?> list && isContents(list)) {
      List<Content.Embedded> all = new ArrayList<>(list.size());
      list.forEach(each -> all.add(contents((ResourceContents) each)));
      return all;
    }
    JsonNode json = shape.write(value);
    return json == null
        ? List.of()
        : List.of(
            new Content.Embedded(uri, mimeType == null ? JSON : mimeType, json.toString(), null));
  }

  private static boolean isContents(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(ResourceContents.class::isInstance);
  }

  private Content.Embedded contents(ResourceContents contents) {
    if (contents instanceof TextResourceContents text) {
      return new Content.Embedded(
          text.uri(), text.mimeType().orElse(mimeType), text.text(), null, extras(contents));
    }
    BlobResourceContents blob = (BlobResourceContents) contents;
    return new Content.Embedded(
        blob.uri(), blob.mimeType().orElse(mimeType), null, blob.base64(), extras(contents));
  }

  private static Content.Extras extras(ResourceContents contents) {
    ObjectNode meta = Metadata.json(contents.metadata());
    return meta == null ? Content.Extras.NONE : new Content.Extras(Hints.NONE, meta);
  }
}
