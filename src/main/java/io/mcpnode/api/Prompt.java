package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a prompt: messages that a person picks, with arguments filled in, to begin a
 * conversation with:
 *
 * <pre>{@code
 * @Prompt(description = "Reviews a piece of code")
 * public String review(@PromptArg(description = "The code") String code) {
 *   return "Review this code, harshly:\n" + code;
 * }
 * }</pre>
 *
 * <p><b>Parameters.</b> A {@link ToolContext} is the request itself; all others are the prompt's
 * arguments (see {@link PromptArg}). Arguments are text, so their types are {@code String}, enums,
 * {@code java.time}, {@code UUID}, {@code URI}, or {@code Optional} of these.
 *
 * <p><b>Result.</b> A {@code String} or a {@link ContentBlock} is one message of the user, a {@link
 * PromptMessage} is itself, a list of either is several messages, a {@link PromptResponse} is the
 * whole answer.
 *
 * <p>Threads and errors as for a {@link Tool}, with the exception that any exception becomes a
 * JSON-RPC error. If the node that runs the method dies, it is run again on another one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Prompt {

  /** Stands for the name of the annotated method. */
  String ELEMENT_NAME = "<<element name>>";

  /** Unique on the node. */
  String name() default ELEMENT_NAME;

  /** For people; empty: none. */
  String title() default "";

  String description() default "";
}
