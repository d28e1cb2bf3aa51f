package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes an argument of a {@link Prompt}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PromptArg {

  /** Stands for the name of the parameter; needs {@code javac -parameters}. */
  String ELEMENT_NAME = "<<element name>>";

  String name() default ELEMENT_NAME;

  /** For people; empty: none. */
  String title() default "";

  String description() default "";

  /**
   * False: the argument may be left out and is then null. An argument of type {@code Optional} or
   * with a {@link #defaultValue} is never required.
   */
  boolean required() default true;

  /** Used where the client passes none; empty: no default. */
  String defaultValue() default "";
}
