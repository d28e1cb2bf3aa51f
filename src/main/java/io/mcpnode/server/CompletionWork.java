package io.mcpnode.server;

import io.mcpnode.affinity.Answer;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Completion;
import io.mcpnode.protocol.CompletionOutcome;
import io.mcpnode.protocol.FeatureWriter;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.protocol.Revision;
import io.vertx.core.Future;

/** Values for an argument are proposed. */
record CompletionWork(
    Answers answers,
    FeatureWriter writer,
    RequestId id,
    Revision revision,
    Completion completion,
    CompletionParams params)
    implements Work<CompletionOutcome> {

  @Override
  public String name() {
    return "completion of " + params.target().name();
  }

  @Override
  public Future<CompletionOutcome> start(ToolContext call) {
    return completion.complete(params.typed(), params.given(), call);
  }

  @Override
  public Answer answer(CompletionOutcome outcome) {
    return answers.ok(writer.completion(id, outcome, revision));
  }
}
