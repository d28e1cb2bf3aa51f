package io.mcpnode.api;

import java.util.Objects;

/** The address that a client reads: a parameter for methods of resources and templates. */
public record RequestUri(String value) {

  public RequestUri {
    Objects.requireNonNull(value, "value");
  }
}
