package io.mcpnode.feature.dialect;

/**
 * What an author says of an argument; see {@link io.mcpnode.api.ToolArg} for the meaning.
 *
 * @param name empty: none, and the compiler kept none
 */
public record ArgumentSpec(
    String name, String description, boolean required, String defaultValue, String header) {}
