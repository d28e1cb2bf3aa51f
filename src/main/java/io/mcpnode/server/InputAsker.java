package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;

/** Asks the client of a call that runs as a task. */
interface InputAsker {

  /**
   * Completes with the result that the client answers, wherever and whenever it does; fails with a
   * {@link io.mcpnode.api.ClientErrorException} if the client answers an error, with {@link
   * io.mcpnode.api.McpException} if too much is asked, or with {@link
   * java.util.concurrent.CancellationException} when nobody waits for the task any more.
   *
   * @param key names the question within the call; asked again, it is the same question
   * @param method of the request, such as {@code elicitation/create}
   */
  CompletableFuture<JsonNode> ask(String key, String method, ObjectNode params);
}
