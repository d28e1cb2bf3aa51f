package io.mcpnode.api;

/**
 * Thrown by a tool to answer with a JSON-RPC error; any other exception becomes a result with
 * {@code isError}.
 */
public class McpException extends RuntimeException {

  private final int code;

  /**
   * @param code a JSON-RPC error code, such as -32602 for invalid params. The codes from -32020 to
   *     -32099 are the specification's own: -32603 is sent instead. For -32002, nothing is there,
   *     clients of 2026-07-28 get -32602
   */
  public McpException(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
