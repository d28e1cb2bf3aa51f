package io.mcpnode.names;

import io.mcpnode.wire.Contract;
import io.mcpnode.wire.WireMessage;

/**
 * What nodes tell each other about names; nobody answers. Frozen with a release; a change is V2.
 */
final class NamesProtocol {

  static final Contract V1 = Contract.of("names", 1, Released.class);

  private NamesProtocol() {}

  /** The sender gave the name back. Whoever does not hear it finds out by looking. */
  record Released(String name, long term) implements WireMessage {}
}
