package io.mcpnode;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.NullMarked;

/** Starts a node; the composition root. */
@FunctionalInterface
@NullMarked
public interface NodeLauncher {

  /**
   * Blocks until the node serves. Whatever was started is stopped again if it fails.
   *
   * @param stop completes when the node is no longer wanted
   * @throws StartException a port is taken, the cluster refused this node: anything that is not a
   *     bug; with {@link ExitCode#OK}, it is no longer wanted
   */
  RunningNode launch(NodeConfig config, CompletionStage<?> stop) throws StartException;
}
