package io.mcpnode.api;

import java.util.Optional;

/** What is in a resource, or in a part of one. Clients of 2025-03-26 don't get its metadata. */
public sealed interface ResourceContents extends MetaCarrier
    permits TextResourceContents, BlobResourceContents {

  String uri();

  Optional<String> mimeType();
}
