package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the one that proposes values for an argument of a {@link Prompt}, while a person
 * types:
 *
 * <pre>{@code
 * @CompletePrompt("review")
 * public List<String> languages(@CompleteArg(name = "language") String typed) {
 *   return languages.stream().filter(name -> name.startsWith(typed)).toList();
 * }
 * }</pre>
 *
 * <p><b>Parameters.</b> One {@code String}, named as the argument (see {@link CompleteArg}): what
 * was typed so far. Also {@link CompletionContext} and {@link ToolContext}.
 *
 * <p><b>Result.</b> A {@code String}, a collection of them, or a {@link CompletionResult}. The
 * first hundred values are sent. Threads and errors as for a {@link Prompt}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CompletePrompt {

  /** The name of the prompt, which is one of the same plugin. */
  String value();
}
