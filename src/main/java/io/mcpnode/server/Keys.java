package io.mcpnode.server;

import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;

/** Session ids and handles as clients name them. */
final class Keys {

  private static final int MAX_LENGTH = 128;

  private Keys() {}

  /** Could be one of ours: visible ASCII, not too long. Others need not be looked for. */
  static boolean plausible(String key) {
    if (key.isEmpty() || key.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < 0x21 || c > 0x7E) {
        return false;
      }
    }
    return true;
  }

  /** The same for what never was, has ended, is of another kind, or belongs to somebody else. */
  static WireException notFound() {
    return new WireException(Failure.NOT_FOUND, "no such session or handle");
  }
}
