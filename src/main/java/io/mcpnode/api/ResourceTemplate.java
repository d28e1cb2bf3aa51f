package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a family of resources, whose addresses follow a template:
 *
 * <pre>{@code
 * @ResourceTemplate(uriTemplate = "orders://{customer}/{number}", mimeType = "application/json")
 * public Order order(String customer, @ResourceTemplateArg(name = "number") String id) { ... }
 * }</pre>
 *
 * <p>Of RFC 6570 there is the first level: {@code {name}} stands for one or more characters other
 * than {@code / ? #}, which the method gets decoded. A resource with a fixed address goes before a
 * template; of several templates that fit, the one with more literal characters.
 *
 * <p><b>Parameters.</b> Each variable of the template is a parameter, of type {@code String} or
 * another one whose JSON form is text (enums, {@code java.time}, {@code UUID}); also {@link
 * ToolContext} and {@link RequestUri}. Validate what the variables name: they come from a client.
 *
 * <p>Results, threads and errors as for a {@link Resource}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ResourceTemplate {

  /** Stands for the name of the annotated method. */
  String ELEMENT_NAME = "<<element name>>";

  /** Unique on the node; {@link CompleteResourceTemplate} refers to it. */
  String name() default ELEMENT_NAME;

  /** For people; empty: none. */
  String title() default "";

  String description() default "";

  /** Unique on the node; by it the list is ordered. */
  String uriTemplate();

  /** Of all resources of the family; empty: not said. */
  String mimeType() default "";

  /** What a client may do with them. */
  Resource.Annotations annotations() default @Resource.Annotations;
}
