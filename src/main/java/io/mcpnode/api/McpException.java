package io.mcpnode.api;

/**
 * Thrown by a tool to answer with a JSON-RPC error; any other exception becomes a result with
 * {@code isError}.
 */
public class McpException extends RuntimeException {

  private final int code;

  /**
   * @param code a JSON-RPC error code, such as -32602 for invalid params
   */
  public McpException(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
