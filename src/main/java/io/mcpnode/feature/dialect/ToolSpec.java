package io.mcpnode.feature.dialect;

import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor.Hints;

/**
 * What an author says of a tool; see {@link io.mcpnode.api.Tool} for the meaning.
 *
 * @param title empty: none
 * @param outputFrom Void: not said
 * @param inputSchema empty: derived
 * @param taskSupport whether calls run as tasks
 * @param taskOnDemand they become tasks when the method says so
 */
public record ToolSpec(
    String name,
    String title,
    String description,
    Hints hints,
    boolean structured,
    Class<?> outputFrom,
    String inputSchema,
    TaskSupport taskSupport,
    boolean taskOnDemand) {}
