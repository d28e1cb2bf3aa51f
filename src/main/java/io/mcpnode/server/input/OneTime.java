package io.mcpnode.server.input;

import io.vertx.core.Future;

/** Things that may be used once in the whole cluster. */
public interface OneTime {

  /**
   * True for whoever comes first, remembered for 15 minutes; false for everybody after. Fails with
   * a {@link io.mcpnode.wire.WireException} if that can't be found out.
   */
  Future<Boolean> use(String id);
}
