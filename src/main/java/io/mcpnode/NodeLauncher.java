package io.mcpnode;

import org.jspecify.annotations.NullMarked;

/** Starts a node; the composition root. */
@FunctionalInterface
@NullMarked
public interface NodeLauncher {

  /**
   * Blocks until the node serves. Whatever was started is stopped again if it fails.
   *
   * @throws StartException a port is taken, the cluster refused this node: anything that is not a
   *     bug
   */
  RunningNode launch(NodeConfig config) throws StartException;
}
