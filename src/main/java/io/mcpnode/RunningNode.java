package io.mcpnode;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.NullMarked;

/** A node that serves. */
@NullMarked
public interface RunningNode {

  String name();

  /** Of the MCP endpoint, with the port that was bound. */
  String url();

  /** The settings, with what was chosen at the start, such as a free port. */
  NodeConfig config();

  /** Drains, then leaves. Blocks until done; a second call has nothing to do. */
  void stop();

  /**
   * Completes, with the reason, when the node can't go on by itself and the process must end; never
   * for a node that is stopped.
   */
  default CompletionStage<StartException> failed() {
    return new CompletableFuture<>();
  }

  /**
   * Completes, with the reason in one line, when the node has no cluster any more and does not get
   * it back: it is to be stopped, and started anew with its {@link #config}.
   */
  default CompletionStage<String> lost() {
    return new CompletableFuture<>();
  }
}
