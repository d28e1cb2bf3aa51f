package io.mcpnode.server.input;

import io.mcpnode.protocol.RequestId;
import io.mcpnode.wire.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The id of a request to a client, {@code node#incarnation:number}. It names the node where the
 * call waits, so that the client's answer, posted to any node, finds it, also when the session has
 * moved meanwhile.
 */
public record AskedId(NodeId node, long number) {

  private static final int MAX_LENGTH = 128;

  public RequestId asRequestId() {
    return RequestId.ofString(toString());
  }

  /** Null if it is not of this form. */
  public static @Nullable AskedId of(@Nullable RequestId id) {
    if (id == null || id.json().length() > MAX_LENGTH || !id.json().startsWith("\"")) {
      return null;
    }
    String text = id.json().substring(1, id.json().length() - 1);
    int hash = text.indexOf('#');
    int colon = text.indexOf(':', hash + 1);
    if (hash < 1 || colon < 0) {
      return null;
    }
    try {
      return new AskedId(
          new NodeId(text.substring(0, hash), Long.parseLong(text.substring(hash + 1, colon))),
          Long.parseLong(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return node + ":" + number;
  }
}
