package io.mcpnode.replication;

import io.mcpnode.state.Contents;
import io.mcpnode.state.ContentsCodec;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Records for tests. */
public final class Records {

  public static final NodeId A = new NodeId("a", 1);
  public static final NodeId B = new NodeId("b", 1);

  private Records() {}

  public static Stored stored(NodeId owner, long operation) {
    return Stored.created(
        Kind.SESSION, owner, operation, "anonymous", 1_000, List.of("b"), Contents.ofHandle());
  }

  public static Mutation.Write write(long epoch, long version, String value, long operation) {
    return new Mutation.Write(
        epoch,
        version,
        Buffer.buffer(ContentsCodec.encode(Contents.ofHandle().with("v", value))),
        2_000,
        operation);
  }
}
