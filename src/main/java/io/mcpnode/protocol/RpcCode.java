package io.mcpnode.protocol;

/** The code of a JSON-RPC error; never an HTTP status. */
public record RpcCode(int value) {
  /** From here down to {@link #LAST_RESERVED} only the specification says what a code means. */
  public static final int FIRST_RESERVED = -32020;

  public static final int LAST_RESERVED = -32099;

  public static final RpcCode PARSE_ERROR = new RpcCode(-32700);
  public static final RpcCode INVALID_REQUEST = new RpcCode(-32600);
  public static final RpcCode METHOD_NOT_FOUND = new RpcCode(-32601);
  public static final RpcCode INVALID_PARAMS = new RpcCode(-32602);
  public static final RpcCode INTERNAL_ERROR = new RpcCode(-32603);

  /** What the SDKs of the revisions with sessions use for a transport mistake. */
  public static final RpcCode BAD_REQUEST = new RpcCode(-32000);

  /** What the SDKs of the revisions with sessions use with HTTP 404. */
  public static final RpcCode SESSION_NOT_FOUND = new RpcCode(-32001);

  /** Up to 2025-11-25: nothing has this address. */
  public static final RpcCode RESOURCE_NOT_FOUND = new RpcCode(-32002);

  /** Ours: the node that ran the call was lost, and nobody knows whether it finished. */
  public static final RpcCode OWNER_LOST = new RpcCode(-32010);

  /** 2026-07-28: a header contradicts the body. */
  public static final RpcCode HEADER_MISMATCH = new RpcCode(-32020);

  /** 2026-07-28: the request needs what its client has not declared. */
  public static final RpcCode MISSING_CAPABILITY = new RpcCode(-32021);

  /** 2026-07-28: the revision that the request names is not spoken here. */
  public static final RpcCode UNSUPPORTED_VERSION = new RpcCode(-32022);
}
