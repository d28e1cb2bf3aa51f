package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.FeatureType;
import io.mcpnode.api.McpException;
import io.mcpnode.api.PromptArg;
import io.mcpnode.api.PromptMessage;
import io.mcpnode.api.PromptResponse;
import io.mcpnode.api.Role;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Prompt;
import io.mcpnode.feature.schema.Argument;
import io.mcpnode.protocol.PromptDescriptor;
import io.mcpnode.protocol.PromptOutcome;
import io.vertx.core.Future;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes prompts of annotated methods. */
public final class PromptCompiler {

  private static final int MAX_NAME = 128;

  private final BlockingCalls blocking;

  public PromptCompiler(BlockingCalls blocking) {
    this.blocking = blocking;
  }

  /**
   * Null if the method is no prompt.
   *
   * @param instance whose method it is
   * @throws IllegalArgumentException if it can't be one, with the reason
   */
  public @Nullable Prompt prompt(Method method, Object instance) {
    io.mcpnode.api.Prompt said = method.getAnnotation(io.mcpnode.api.Prompt.class);
    if (said == null) {
      return null;
    }
    String name =
        said.name().equals(io.mcpnode.api.Prompt.ELEMENT_NAME) ? method.getName() : said.name();
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" (expected: 1 to " + MAX_NAME + " characters)");
    }
    Map<String, String> titles = new HashMap<>();
    TextParameters parameters =
        new TextParameters(method, null, false, parameter -> said(parameter, titles));
    List<PromptDescriptor.Argument> arguments = new ArrayList<>();
    for (Argument argument : parameters.arguments()) {
      arguments.add(
          new PromptDescriptor.Argument(
              argument.name(),
              titles.get(argument.name()),
              ResourceCompiler.nullIfEmpty(argument.description()),
              argument.required()));
    }
    Invocation invocation = new Invocation("prompt " + name, method, instance, blocking);
    return new MethodPrompt(
        new PromptDescriptor(
            name,
            ResourceCompiler.nullIfEmpty(said.title()),
            ResourceCompiler.nullIfEmpty(said.description()),
            arguments,
            ItemExtras.of(method, FeatureType.PROMPT, name)),
        invocation,
        parameters);
  }

  private static TextParameters.Said said(Parameter parameter, Map<String, String> titles) {
    String element = TextParameters.elementName(parameter);
    PromptArg said = parameter.getAnnotation(PromptArg.class);
    if (said == null) {
      return new TextParameters.Said(element, "", true, "");
    }
    String name = said.name().equals(PromptArg.ELEMENT_NAME) ? element : said.name();
    if (!said.title().isEmpty()) {
      titles.put(name, said.title());
    }
    return new TextParameters.Said(name, said.description(), said.required(), said.defaultValue());
  }

  private record MethodPrompt(
      PromptDescriptor descriptor, Invocation invocation, TextParameters parameters)
      implements Prompt {

    @Override
    public Future<PromptOutcome> get(ObjectNode arguments, ToolContext context) {
      @Nullable Object[] values;
      try {
        values = parameters.bind(arguments, null, context);
      } catch (McpException wrong) {
        return Future.failedFuture(wrong);
      }
      return invocation.call(values, context, this::outcome);
    }

    private PromptOutcome outcome(@Nullable Object value) {
      if (value instanceof PromptResponse response) {
        return new PromptOutcome(
            response.description().orElse(descriptor.description()),
            messages(response.messages()),
            Metadata.json(response.metadata()));
      }
      return new PromptOutcome(
          descriptor.description(), messages(value instanceof List<?> list ? list : one(value)));
    }

    private static List<?> one(@Nullable Object value) {
      if (value == null) {
        throw new IllegalStateException("the prompt returned nothing");
      }
      return List.of(value);
    }

    private static List<PromptOutcome.Message> messages(List<?> values) {
      List<PromptOutcome.Message> messages = new ArrayList<>(values.size());
      for (Object value : values) {
        PromptMessage message = message(value);
        messages.add(
            new PromptOutcome.Message(Metadata.wire(message.role()), Blocks.of(message.content())));
      }
      return messages;
    }

    private static PromptMessage message(Object value) {
      if (value instanceof PromptMessage message) {
        return message;
      }
      return new PromptMessage(
          Role.USER,
          value instanceof ContentBlock block ? block : TextContent.of(String.valueOf(value)));
    }
  }
}
