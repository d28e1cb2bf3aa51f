package io.mcpnode.wire;

import io.vertx.core.VertxOptions;

/** How the event bus connects the nodes. */
public final class BusSettings {

  private BusSettings() {}

  /**
   * Any free port (the others learn it from the cluster), and time-outs that let the bus work again
   * within a second or two after a cut; by default it takes up to twenty.
   *
   * @param host where this node listens for others
   */
  public static void apply(VertxOptions options, String host) {
    options
        .getEventBusOptions()
        .setHost(host)
        .setPort(0)
        .setTcpNoDelay(true)
        .setConnectTimeout(1000)
        .setClusterPingInterval(1000)
        .setClusterPingReplyInterval(1500)
        .setTcpUserTimeout(3000);
  }
}
