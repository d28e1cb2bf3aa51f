package io.mcpnode.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The last members of a result: what 2026-07-28 wants in each, and what its author added. */
final class ResultEnd {

  static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  private final byte[] plain;
  private final String info;

  ResultEnd(ServerCard server) {
    plain = server.modernTail();
    info = server.info();
  }

  int size() {
    return plain.length;
  }

  /** Each member after a comma. */
  void write(JsonOut out, @Nullable ObjectNode meta, Revision revision) {
    if (meta == null) {
      if (revision.modern()) {
        out.raw(plain);
      }
      return;
    }
    if (!revision.modern()) {
      out.raw(",\"_meta\":").node(meta);
      return;
    }
    out.raw(",\"resultType\":\"complete\",\"_meta\":{\"" + SERVER_INFO + "\":").raw(info);
    meta.properties()
        .forEach(
            field -> {
              if (!field.getKey().equals(SERVER_INFO)) {
                out.raw(',').string(field.getKey()).raw(':').node(field.getValue());
              }
            });
    out.raw('}');
  }
}
