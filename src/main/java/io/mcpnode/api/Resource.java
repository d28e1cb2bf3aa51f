package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method a resource that clients can read, under one address:
 *
 * <pre>{@code
 * @Resource(uri = "docs://manual", mimeType = "text/markdown", description = "How to use it")
 * public String manual() {
 *   return "# Manual";
 * }
 * }</pre>
 *
 * <p><b>Parameters.</b> {@link ToolContext} and {@link RequestUri}, both optional.
 *
 * <p><b>Result.</b> A {@code String} is text, a {@code byte[]} is binary; both have the address and
 * the MIME type of the resource. A {@link ResourceContents}, or a list of them, is itself, and so
 * is a {@link ResourceResponse}. Anything else is text with its JSON. {@code null} and an empty
 * {@code Optional} say that there is no such resource.
 *
 * <p>Threads and errors as for a {@link Tool}, with the exception that any exception becomes a
 * JSON-RPC error. Reading changes nothing: if the node that runs the method dies, it is run again
 * on another one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Resource {

  /** Stands for the name of the annotated method. */
  String ELEMENT_NAME = "<<element name>>";

  /** For programs, and for people where there is no title. */
  String name() default ELEMENT_NAME;

  /** For people; empty: none. */
  String title() default "";

  String description() default "";

  /** An absolute URI (RFC 3986), unique on the node; by it the list is ordered. */
  String uri();

  /** Empty: not said. */
  String mimeType() default "";

  /** In bytes, before any encoding; -1: not said. */
  int size() default -1;

  /** What a client may do with it. */
  Annotations annotations() default @Annotations;

  /** Hints; nothing is sent for what is not set. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Annotations {

    /** Whom it is for. */
    Role[] audience() default {};

    /** A time of ISO 8601, such as {@code 2026-07-28T00:00:00Z}. */
    String lastModified() default "";

    /** From 0, optional, to 1, required. */
    double priority() default -1;
  }
}
