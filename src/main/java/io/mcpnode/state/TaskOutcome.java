package io.mcpnode.state;

/**
 * How a task ended, in words that do not depend on the revision of whoever asks.
 *
 * @param kind decides what the JSON is
 * @param json the members of a tool's result as a JSON object, or a JSON-RPC error object
 */
public record TaskOutcome(Kind kind, String json) {

  /** What the JSON of an outcome is. */
  public enum Kind {
    /** The result of the tool. */
    RESULT('R'),
    /** The result of the tool, with {@code isError}. */
    TOOL_ERROR('T'),
    /** A JSON-RPC error. */
    PROTOCOL_ERROR('P');

    private final char code;

    Kind(char code) {
      this.code = code;
    }

    public char code() {
      return code;
    }

    public static Kind ofCode(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("task outcome: " + code + " (expected: R, T or P)");
    }
  }

  TaskStatus status() {
    return kind == Kind.PROTOCOL_ERROR ? TaskStatus.FAILED : TaskStatus.COMPLETED;
  }
}
