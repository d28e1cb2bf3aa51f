package io.mcpnode.feature;

import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.Content;
import io.mcpnode.protocol.ResourceDescriptor;
import io.mcpnode.protocol.UriTemplate;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** A family of resources. */
public interface ResourceTemplate {

  /** Its {@code uri} is the template. */
  ResourceDescriptor descriptor();

  UriTemplate template();

  /**
   * The contents of one of the family, as of {@link Resource#read}. Fails with a {@link
   * io.mcpnode.api.McpException} if a variable is not of its parameter's type.
   *
   * @param variables as the template has matched them
   */
  Future<List<Content.Embedded>> read(
      String uri, Map<String, String> variables, ToolContext context);
}
