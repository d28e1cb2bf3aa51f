package io.mcpnode.api;

/** A part of a message to or from the client's model. */
public sealed interface SampleContent
    permits TextContent, ImageContent, AudioContent, ToolUse, ToolResult {}
