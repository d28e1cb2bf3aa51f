package io.mcpnode.api;

import java.util.Optional;

/**
 * A part of a tool's answer, or of a prompt. Each kind has a builder for what is optional, such as
 * {@code TextContent.builder("It rains.").putMetadata("com.example/source", "radar").build()};
 * clients of 2025-03-26 know no metadata here, and don't get it.
 */
public sealed interface ContentBlock extends MetaCarrier
    permits TextContent, ImageContent, AudioContent, ResourceLink, EmbeddedResource {

  /** What a client may do with it; empty: not said. */
  Optional<Annotations> annotations();
}
