package io.mcpnode.api;

import java.util.Objects;
import java.util.Optional;

/**
 * A directory or file that the client's user works with, such as {@code file:///home/me/project}.
 */
public record Root(String uri, Optional<String> name) {

  public Root {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(name, "name");
  }
}
