package io.mcpnode.api;

import java.util.Objects;

/**
 * A tool that the client's model may use while it writes; what it does is up to whoever asked, see
 * {@link SampleRequest#answering}. It need not be one of the node's own.
 *
 * @param inputSchema a JSON Schema object, as text
 */
public record SampleTool(String name, String description, String inputSchema) {

  public SampleTool {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(inputSchema, "inputSchema");
  }

  public static SampleTool of(String name, String description, String inputSchema) {
    return new SampleTool(name, description, inputSchema);
  }
}
