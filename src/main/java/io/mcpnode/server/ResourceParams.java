package io.mcpnode.server;

import org.jspecify.annotations.Nullable;

/** What can be wrong with the address of a resource. */
final class ResourceParams {

  /** Addresses are looked through by every template, and come back in errors. */
  static final int MAX_URI = 8192;

  private ResourceParams() {}

  /** Null if all is well. */
  static @Nullable String wrong(@Nullable String uri) {
    if (uri == null) {
      return "params.uri: missing (expected: the address of a resource)";
    }
    return uri.length() <= MAX_URI
        ? null
        : "params.uri: " + uri.length() + " characters (expected: <= " + MAX_URI + ")";
  }
}
