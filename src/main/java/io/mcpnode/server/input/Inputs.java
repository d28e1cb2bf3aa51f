package io.mcpnode.server.input;

import java.util.concurrent.CompletableFuture;

/** Where a call's questions get their answers. Any thread. */
public interface Inputs {

  Abilities abilities();

  /** See {@code ToolContext.elicit}: the same key is the same question. */
  <T> CompletableFuture<T> ask(String key, Question<T> question);

  /** See {@code ToolContext.ping}. */
  default CompletableFuture<Void> ping() {
    return CompletableFuture.completedFuture(null);
  }

  /** The call has ended; nobody waits for answers any more. */
  default void end() {}
}
