package io.mcpnode.feature.call;

/** What makes features of annotated methods. */
public record Compilers(
    ToolCompiler tools,
    ResourceCompiler resources,
    PromptCompiler prompts,
    CompletionCompiler completions,
    OperationCompiler operations) {

  /** All that share these threads. */
  public static Compilers on(BlockingCalls blocking) {
    return new Compilers(
        new ToolCompiler(blocking),
        new ResourceCompiler(blocking),
        new PromptCompiler(blocking),
        new CompletionCompiler(blocking),
        new OperationCompiler(blocking));
  }
}
