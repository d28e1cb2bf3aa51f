package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes an argument of a {@link Tool}, or a component of a record that is one:
 *
 * <pre>{@code
 * @Tool(description = "Rolls dice")
 * public int roll(@ToolArg(description = "How many", defaultValue = "1") int dice) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface ToolArg {

  /** Stands for the name of the parameter; needs {@code javac -parameters}. */
  String ELEMENT_NAME = "<<element name>>";

  String name() default ELEMENT_NAME;

  /** Tells the model what to pass. */
  String description() default "";

  /**
   * False: the argument may be left out and is then null, or zero for a primitive type. An argument
   * of an {@code Optional} type or with a {@link #defaultValue} is never required.
   */
  boolean required() default true;

  /**
   * Used where the client passes none: text for text, enums and times, JSON for other types. Empty:
   * no default.
   */
  String defaultValue() default "";

  /**
   * Clients of the 2026-07-28 revision repeat the argument in the HTTP header {@code Mcp-Param-} +
   * this name, so that a proxy can route by it ({@code x-mcp-header}); for strings, integers and
   * booleans that are not secret. Empty: no header. For parameters only.
   */
  String header() default "";
}
