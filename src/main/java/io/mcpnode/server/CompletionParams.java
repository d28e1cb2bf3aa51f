package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.feature.Completion;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.ResourceTemplate;
import io.mcpnode.protocol.PromptDescriptor;
import io.mcpnode.protocol.Revision;
import io.mcpnode.protocol.RpcCode;
import io.mcpnode.protocol.RpcError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code completion/complete} asks for, or why that can't be.
 *
 * @param typed the value so far
 * @param given values of the other arguments
 * @param error null if all is well; then the rest means something
 */
record CompletionParams(
    Completion.Target target, String typed, Map<String, String> given, @Nullable RpcError error) {

  private static final Completion.Target NOTHING =
      new Completion.Target(Completion.Of.PROMPT, "", "");

  static CompletionParams of(JsonNode params, Revision revision, FeatureCatalog now) {
    String argument = params.path("argument").path("name").textValue();
    String typed = params.path("argument").path("value").textValue();
    if (argument == null || typed == null) {
      return wrong("params.argument: no object of two strings (expected: name and value)");
    }
    JsonNode ref = params.path("ref");
    String type = ref.path("type").asText();
    boolean ofPrompt = type.equals("ref/prompt");
    if (!ofPrompt && !type.equals("ref/resource")) {
      return wrong(
          "params.ref.type: " + RpcError.quote(type) + " (expected: ref/prompt or ref/resource)");
    }
    String key = ref.path(ofPrompt ? "name" : "uri").textValue();
    String name = key;
    List<String> arguments = null;
    if (ofPrompt) {
      Prompt prompt = key == null ? null : now.prompt(key);
      arguments = prompt == null ? null : names(prompt.descriptor());
    } else {
      ResourceTemplate template = key == null ? null : now.template(key);
      if (template != null) {
        name = template.descriptor().name();
        arguments = template.template().variables();
      }
    }
    if (arguments == null || name == null) {
      return wrong(
          (ofPrompt ? "params.ref.name: " : "params.ref.uri: ")
              + (key == null ? "missing" : RpcError.quote(key))
              + (ofPrompt ? " (expected: a prompt)" : " (expected: a resource template)"));
    }
    if (!arguments.contains(argument)) {
      return wrong(
          "params.argument.name: "
              + RpcError.quote(argument)
              + " (expected: one of "
              + arguments
              + ")");
    }
    return new CompletionParams(
        new Completion.Target(
            ofPrompt ? Completion.Of.PROMPT : Completion.Of.TEMPLATE, name, argument),
        typed,
        revision.structured() ? texts(params.path("context").path("arguments")) : Map.of(),
        null);
  }

  private static List<String> names(PromptDescriptor prompt) {
    return prompt.arguments().stream().map(PromptDescriptor.Argument::name).toList();
  }

  private static Map<String, String> texts(JsonNode arguments) {
    Map<String, String> texts = new HashMap<>();
    arguments
        .properties()
        .forEach(
            each -> {
              if (each.getValue().isTextual()) {
                texts.put(each.getKey(), each.getValue().textValue());
              }
            });
    return texts;
  }

  private static CompletionParams wrong(String why) {
    return new CompletionParams(NOTHING, "", Map.of(), RpcError.of(RpcCode.INVALID_PARAMS, why));
  }
}
