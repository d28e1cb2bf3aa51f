package io.mcpnode.api;

/**
 * The client has not declared that it can do what the tool asks for. Uncaught, it ends the call:
 * clients of 2026-07-28 get the JSON-RPC error -32021 that names the capability, others a result
 * with {@code isError}, or, of a prompt or a resource, the error -32603.
 */
public final class MissingCapabilityException extends McpException {

  /** MissingRequiredClientCapability of 2026-07-28. */
  public static final int CODE = -32021;

  private final ClientCapability capability;

  public MissingCapabilityException(ClientCapability capability) {
    super(CODE, "the client does not offer what this tool needs: " + capability);
    this.capability = capability;
  }

  public ClientCapability capability() {
    return capability;
  }
}
