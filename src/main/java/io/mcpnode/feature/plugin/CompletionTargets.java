package io.mcpnode.feature.plugin;

import io.mcpnode.feature.Completion;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.ResourceTemplate;
import io.mcpnode.protocol.PromptDescriptor;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A completion needs something to complete. */
final class CompletionTargets {

  private CompletionTargets() {}

  /** Null if what it completes is there. */
  static @Nullable String wrong(
      Completion.Target target,
      Collection<Prompt> prompts,
      Collection<ResourceTemplate> templates) {
    String kind = target.of() == Completion.Of.PROMPT ? "prompt" : "resource template";
    List<List<String>> arguments =
        target.of() == Completion.Of.PROMPT
            ? prompts.stream()
                .map(Prompt::descriptor)
                .filter(prompt -> prompt.name().equals(target.name()))
                .map(CompletionTargets::names)
                .toList()
            : templates.stream()
                .filter(template -> template.descriptor().name().equals(target.name()))
                .map(template -> template.template().variables())
                .toList();
    String where = "completion of " + kind + " \"" + target.name() + "\": ";
    if (arguments.isEmpty()) {
      return where + "there is none of this name (expected: one of the same plugin)";
    }
    return arguments.get(0).contains(target.argument())
        ? null
        : where
            + "no argument \""
            + target.argument()
            + "\" (expected: one of "
            + arguments.get(0)
            + ")";
  }

  private static List<String> names(PromptDescriptor prompt) {
    return prompt.arguments().stream().map(PromptDescriptor.Argument::name).toList();
  }
}
