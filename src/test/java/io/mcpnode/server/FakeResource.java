package io.mcpnode.server;

import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Resource;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ResourceDescriptor;
import io.vertx.core.Future;
import java.util.List;

/** A resource that contains its address. */
record FakeResource(ResourceDescriptor descriptor) implements Resource {

  FakeResource(String uri) {
    this(new ResourceDescriptor(uri, uri, null, null, null, null, ResourceDescriptor.Hints.NONE));
  }

  @Override
  public Future<List<Content.Embedded>> read(ToolContext context) {
    return Future.succeededFuture(
        List.of(new Content.Embedded(descriptor.uri(), null, descriptor.uri(), null)));
  }
}
