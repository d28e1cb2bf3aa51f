package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the argument or variable that a {@link CompletePrompt} method proposes values for. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CompleteArg {

  /** Stands for the name of the parameter; needs {@code javac -parameters}. */
  String ELEMENT_NAME = "<<element name>>";

  String name() default ELEMENT_NAME;
}
