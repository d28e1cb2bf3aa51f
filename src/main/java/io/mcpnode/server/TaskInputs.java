package io.mcpnode.server;

import io.mcpnode.api.MissingCapabilityException;
import io.mcpnode.server.input.Abilities;
import io.mcpnode.server.input.Inputs;
import io.mcpnode.server.input.Question;
import java.util.concurrent.CompletableFuture;

/**
 * Questions of a call that runs as a task: kept with the task, and answered at any node, whatever
 * becomes of the connection, of the session, and of the task's owner.
 */
record TaskInputs(InputAsker asker, Abilities abilities) implements Inputs {

  @Override
  public <T> CompletableFuture<T> ask(String key, Question<T> question) {
    MissingCapabilityException lacking = abilities.lacking(question);
    if (lacking != null) {
      return CompletableFuture.failedFuture(lacking);
    }
    return asker.ask(key, question.method(), question.params()).thenApply(question.reader());
  }
}
