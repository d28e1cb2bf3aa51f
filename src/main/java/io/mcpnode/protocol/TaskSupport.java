package io.mcpnode.protocol;

/** Whether calls of a tool run as tasks. */
public enum TaskSupport {
  /** Never. */
  FORBIDDEN("forbidden"),
  /** Where the client wants it or can have it. */
  OPTIONAL("optional"),
  /** Always; a client that knows no tasks can't call the tool. */
  REQUIRED("required");

  private final String wire;

  TaskSupport(String wire) {
    this.wire = wire;
  }

  /** The value of {@code execution.taskSupport}. */
  public String wire() {
    return wire;
  }
}
