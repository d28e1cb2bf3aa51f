package io.mcpnode.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.affinity.Answer;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Prompt;
import io.mcpnode.protocol.FeatureWriter;
import io.mcpnode.protocol.PromptOutcome;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.vertx.core.Future;

/** A prompt is filled in. */
record PromptWork(
    Answers answers,
    FeatureWriter writer,
    RequestId id,
    Revision revision,
    Prompt prompt,
    ObjectNode arguments)
    implements Work<PromptOutcome> {

  @Override
  public String name() {
    return "prompt " + prompt.descriptor().name();
  }

  @Override
  public Future<PromptOutcome> start(ToolContext call) {
    return prompt.get(arguments, call);
  }

  @Override
  public Answer answer(PromptOutcome outcome) {
    return answers.ok(writer.prompt(id, outcome, revision));
  }
}
