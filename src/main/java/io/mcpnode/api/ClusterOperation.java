package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method an operation that operators and other nodes can call on this node, such as with
 * {@code POST /cluster/call}:
 *
 * <pre>{@code
 * @ClusterOperation(service = "cache")
 * public int evict(String prefix) { ... }
 * }</pre>
 *
 * <p>Arguments are passed in order and may have the types that arguments of a {@link Tool} may
 * have; what a caller leaves out at the end must be optional, see {@link ToolArg}. A parameter of
 * type {@link OperationContext} gets the call. The method may block; one that returns a {@code
 * CompletionStage} or {@code CompletableFuture} must not. The value must be JSON-able.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ClusterOperation {

  /** Stands for the name of the method. */
  String ELEMENT_NAME = "<<element name>>";

  /** What it belongs to: 1 to 64 of {@code A-Z a-z 0-9 _ . -}. */
  String service();

  /** Unique within the service; the same characters. */
  String name() default ELEMENT_NAME;
}
