package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.Annotations;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.Role;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.MetaKey;
import io.mcpnode.protocol.ResourceDescriptor.Hints;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What authors say beside the content of an answer, as the protocol has it. */
final class Metadata {

  private Metadata() {}

  /**
   * Null if there is none.
   *
   * @throws IllegalArgumentException for a key that is none
   */
  static @Nullable ObjectNode json(Map<String, Object> metadata) {
    if (metadata.isEmpty()) {
      return null;
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    metadata.forEach((key, value) -> json.set(MetaKey.check(key), Blocks.json(value)));
    return json;
  }

  static Content.Extras of(ContentBlock block) {
    Annotations said = block.annotations().orElse(null);
    return said == null && block.metadata().isEmpty()
        ? Content.Extras.NONE
        : new Content.Extras(said == null ? Hints.NONE : hints(said), json(block.metadata()));
  }

  private static Hints hints(Annotations said) {
    return new Hints(
        List.of(Role.values()).stream()
            .filter(said.audience()::contains)
            .map(Metadata::wire)
            .toList(),
        said.priority().isPresent() ? said.priority().getAsDouble() : null,
        said.lastModified().map(Instant::toString).orElse(null));
  }

  static String wire(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
