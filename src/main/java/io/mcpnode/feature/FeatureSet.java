package io.mcpnode.feature;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that can be listed and called at one moment, each ordered by its key, the same order on every
 * node that has the same. Immutable.
 *
 * @param resources by address
 * @param templates by template
 */
public record FeatureSet(
    List<Tool> tools,
    List<Resource> resources,
    List<ResourceTemplate> templates,
    List<Prompt> prompts,
    Map<Completion.Target, Completion> completions) {

  public static final FeatureSet EMPTY =
      new FeatureSet(List.of(), List.of(), List.of(), List.of(), Map.of());

  public FeatureSet {
    tools = List.copyOf(tools);
    resources = List.copyOf(resources);
    templates = List.copyOf(templates);
    prompts = List.copyOf(prompts);
    completions = Map.copyOf(completions);
  }

  /** For the log: what there is, by kind. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    describe(text, "tools", tools.stream().map(tool -> tool.descriptor().name()));
    describe(text, "resources", resources.stream().map(r -> r.descriptor().uri()));
    describe(text, "resource templates", templates.stream().map(t -> t.descriptor().uri()));
    describe(text, "prompts", prompts.stream().map(prompt -> prompt.descriptor().name()));
    return text.length() == 0 ? "nothing" : text.toString();
  }

  private static void describe(StringBuilder text, String kind, Stream<String> names) {
    List<String> all = names.sorted().toList();
    if (!all.isEmpty()) {
      text.append(text.length() == 0 ? "" : ", ").append(kind).append(' ').append(all);
    }
  }
}
