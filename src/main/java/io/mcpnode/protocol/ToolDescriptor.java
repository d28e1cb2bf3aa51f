package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A tool as {@code tools/list} shows it.
 *
 * @param taskOnDemand a call becomes a task when the tool says so; not shown
 * @param inputSchema a JSON Schema object, sent verbatim
 */
public record ToolDescriptor(
    String name,
    @Nullable String title,
    String description,
    JsonNode inputSchema,
    @Nullable JsonNode outputSchema,
    Hints hints,
    TaskSupport taskSupport,
    boolean taskOnDemand,
    Extras extras) {

  /** A tool whose calls never run as tasks, without extras. */
  public ToolDescriptor(
      String name,
      @Nullable String title,
      String description,
      JsonNode inputSchema,
      @Nullable JsonNode outputSchema,
      Hints hints) {
    this(name, title, description, inputSchema, outputSchema, hints, TaskSupport.FORBIDDEN, false);
  }

  /** Without extras. */
  public ToolDescriptor(
      String name,
      @Nullable String title,
      String description,
      JsonNode inputSchema,
      @Nullable JsonNode outputSchema,
      Hints hints,
      TaskSupport taskSupport,
      boolean taskOnDemand) {
    this(
        name,
        title,
        description,
        inputSchema,
        outputSchema,
        hints,
        taskSupport,
        taskOnDemand,
        Extras.NONE);
  }

  /** MCP's {@code ToolAnnotations}; null where the author said nothing. */
  public record Hints(
      @Nullable Boolean readOnly,
      @Nullable Boolean destructive,
      @Nullable Boolean idempotent,
      @Nullable Boolean openWorld) {
    public static final Hints NONE = new Hints(null, null, null, null);

    /** A call may be made a second time if nobody knows whether the first one happened. */
    public boolean repeatable() {
      return Boolean.TRUE.equals(readOnly) || Boolean.TRUE.equals(idempotent);
    }
  }
}
