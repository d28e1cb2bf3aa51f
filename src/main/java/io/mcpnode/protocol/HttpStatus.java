package io.mcpnode.protocol;

/** The HTTP statuses that an MCP endpoint answers with; never a JSON-RPC code. */
public enum HttpStatus {
  OK(200),
  ACCEPTED(202),
  BAD_REQUEST(400),
  NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  INTERNAL_SERVER_ERROR(500),
  SERVICE_UNAVAILABLE(503);

  private final int code;

  HttpStatus(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
