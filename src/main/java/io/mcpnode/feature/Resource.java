package io.mcpnode.feature;

import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ResourceDescriptor;
import io.vertx.core.Future;
import java.util.List;

/** A resource with a fixed address. */
public interface Resource {

  ResourceDescriptor descriptor();

  /**
   * Its contents; none: there is no such resource. Called on an event loop, which it never blocks;
   * the future completes on any thread. It fails with what the author's method threw.
   */
  Future<List<Content.Embedded>> read(ToolContext context);
}
