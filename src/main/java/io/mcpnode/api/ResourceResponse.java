package io.mcpnode.api;

import java.util.List;

/**
 * The whole answer to a read: one or more contents, such as the files of a directory.
 *
 * @param contents none: there is no such resource
 */
public record ResourceResponse(List<ResourceContents> contents) {

  public ResourceResponse {
    contents = List.copyOf(contents);
  }

  public static ResourceResponse of(ResourceContents... contents) {
    return new ResourceResponse(List.of(contents));
  }
}
