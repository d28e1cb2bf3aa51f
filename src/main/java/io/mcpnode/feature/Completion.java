package io.mcpnode.feature;

import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.CompletionOutcome;
import io.vertx.core.Future;
import java.util.Map;

/** Proposes values for one argument of a prompt, or one variable of a template. */
public interface Completion {

  /** What it belongs to. */
  enum Of {
    PROMPT,
    TEMPLATE
  }

  /**
   * What it completes.
   *
   * @param name of the prompt or template
   */
  record Target(Of of, String name, String argument) {}

  Target target();

  /**
   * Values for what was typed so far. Called on an event loop, which it never blocks; the future
   * completes on any thread. It fails with what the author's method threw.
   *
   * @param given values of the other arguments
   */
  Future<CompletionOutcome> complete(String typed, Map<String, String> given, ToolContext context);
}
