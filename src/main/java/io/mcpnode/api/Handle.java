package io.mcpnode.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the string parameter by which a client of the 2026-07-28 revision names the state it means
 * (SEP-2575: state across requests lives in explicit handles). The call is executed by the node
 * that owns the handle, and {@link ToolContext#state} is that handle's state. The parameter is an
 * optional argument.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Handle {}
