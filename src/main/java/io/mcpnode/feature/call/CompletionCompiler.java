package io.mcpnode.feature.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpnode.api.CompleteArg;
import io.mcpnode.api.CompletePrompt;
import io.mcpnode.api.CompleteResourceTemplate;
import io.mcpnode.api.CompletionContext;
import io.mcpnode.api.CompletionResult;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.Completion;
import io.mcpnode.protocol.CompletionOutcome;
import io.vertx.core.Future;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes completions of annotated methods. */
public final class CompletionCompiler {

  private final BlockingCalls blocking;

  public CompletionCompiler(BlockingCalls blocking) {
    this.blocking = blocking;
  }

  /**
   * Null if the method is no completion.
   *
   * @param instance whose method it is
   * @throws IllegalArgumentException if it can't be one, with the reason
   */
  public @Nullable Completion completion(Method method, Object instance) {
    CompletePrompt prompt = method.getAnnotation(CompletePrompt.class);
    if (prompt != null) {
      return completion(Completion.Of.PROMPT, prompt.value(), method, instance);
    }
    CompleteResourceTemplate template = method.getAnnotation(CompleteResourceTemplate.class);
    return template == null
        ? null
        : completion(Completion.Of.TEMPLATE, template.value(), method, instance);
  }

  private Completion completion(Completion.Of of, String name, Method method, Object instance) {
    TextParameters parameters =
        new TextParameters(method, CompletionContext.class, false, CompletionCompiler::said);
    if (parameters.arguments().size() != 1) {
      throw new IllegalArgumentException(
          "parameters: "
              + parameters.arguments().size()
              + " of type String (expected: one, named as what it completes)");
    }
    String argument = parameters.arguments().get(0).name();
    Invocation invocation =
        new Invocation("completion of " + name + ", " + argument, method, instance, blocking);
    Class<?> returned = invocation.returned().raw();
    if (returned != String.class
        && returned != CompletionResult.class
        && !Collection.class.isAssignableFrom(returned)) {
      throw new IllegalArgumentException(
          "return type: "
              + returned.getSimpleName()
              + " (expected: String, a collection of String, or CompletionResult)");
    }
    return new MethodCompletion(new Completion.Target(of, name, argument), invocation, parameters);
  }

  private static TextParameters.Said said(Parameter parameter) {
    if (parameter.getType() != String.class) {
      throw new IllegalArgumentException(
          "parameter of type "
              + parameter.getType().getSimpleName()
              + " (expected: String, CompletionContext or ToolContext)");
    }
    CompleteArg said = parameter.getAnnotation(CompleteArg.class);
    String name =
        said == null || said.name().equals(CompleteArg.ELEMENT_NAME)
            ? TextParameters.elementName(parameter)
            : said.name();
    return new TextParameters.Said(name, "", true, "");
  }

  private record MethodCompletion(Target target, Invocation invocation, TextParameters parameters)
      implements Completion {

    @Override
    public Future<CompletionOutcome> complete(
        String typed, Map<String, String> given, ToolContext context) {
      CompletionContext others = name -> Optional.ofNullable(given.get(name));
      return invocation.call(
          parameters.bind(
              JsonNodeFactory.instance.objectNode().put(target.argument(), typed), others, context),
          context,
          MethodCompletion::outcome);
    }

    private static CompletionOutcome outcome(@Nullable Object value) {
      if (value instanceof CompletionResult result) {
        return new CompletionOutcome(
            result.values(),
            result.total().isPresent() ? result.total().getAsInt() : null,
            result.hasMore().orElse(null));
      }
      if (value == null) {
        return CompletionOutcome.NONE;
      }
      List<String> values =
          value instanceof Collection<?> many
              ? many.stream().map(String::valueOf).toList()
              : List.of((String) value);
      return new CompletionOutcome(values, values.size(), null);
    }
  }
}
