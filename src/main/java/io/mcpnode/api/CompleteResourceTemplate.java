package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method the one that proposes values for a variable of a {@link ResourceTemplate}, while a
 * person types. Everything else is as for {@link CompletePrompt}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CompleteResourceTemplate {

  /** The name (not the address) of the template, which is one of the same plugin. */
  String value();
}
