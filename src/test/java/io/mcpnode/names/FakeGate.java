package io.mcpnode.names;

import io.mcpnode.partition.QuorumGate;

/** A gate that the test opens and shuts. */
final class FakeGate implements QuorumGate {

  volatile boolean open = true;

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public String reason() {
    return open ? "" : "the test shut it";
  }
}
