package io.mcpnode.api;

/**
 * The client answered a question with an error; for example, its user refused (code -1). Uncaught,
 * it ends the call with a result that has {@code isError}.
 */
public final class ClientErrorException extends RuntimeException {

  private final int code;

  public ClientErrorException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The JSON-RPC error code that the client chose. */
  public int code() {
    return code;
  }
}
