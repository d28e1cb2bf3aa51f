package io.mcpnode;

import io.mcpnode.protocol.Icon;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.wire.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Who this node is: its name, and the incarnation that grows with every start. */
@NullMarked
final class Identity {

  private static final String PRODUCT = "mcp-node";

  private Identity() {}

  /**
   * The configuration with a name and a port that are known. A free port is looked for before the
   * node joins, since its name, which the others learn when it joins, may be made of the port.
   */
  static NodeConfig settled(NodeConfig config) throws StartException {
    NodeConfig.Http http = config.http();
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(http.host()), http.port()));
      int port = probe.getLocalPort();
      String name = config.node().name();
      return new NodeConfig(
          new NodeConfig.Node(
              name != null ? name : hostName() + "-" + port, config.node().exposeName()),
          config.server(),
          new NodeConfig.Http(
              http.host(),
              port,
              http.path(),
              http.allowedOrigins(),
              http.maxBodyBytes(),
              http.tls(),
              http.maxConnections(),
              http.idleTimeout(),
              http.requestTimeout()),
          config.sessions(),
          config.cluster(),
          config.tracing(),
          config.admin(),
          config.features(),
          config.plugins());
    } catch (IOException e) {
      throw new StartException(
          ExitCode.UNAVAILABLE,
          "http: " + http.host() + ":" + http.port() + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * @param config {@link #settled}
   */
  static NodeId of(NodeConfig config, long now) {
    return new NodeId(Objects.requireNonNull(config.node().name(), "node.name"), now);
  }

  /** What clients are told of this server. */
  static ServerCard card(NodeConfig.Server server) {
    String icon = orNull(server.icon());
    return new ServerCard(
        PRODUCT,
        Version.current(),
        new ServerCard.About(
            orNull(server.title()),
            orNull(server.description()),
            orNull(server.websiteUrl()),
            icon == null ? null : new Icon(icon, null, List.of(), null),
            orNull(server.instructions())));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String hostName() {
    try {
      String host = InetAddress.getLocalHost().getHostName();
      return host.replaceAll("[^A-Za-z0-9._-]", "-");
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
