package io.mcpnode.membership;

import com.hazelcast.config.Config;
import io.mcpnode.NodeConfig;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Nodes of a real cluster in this JVM, on 127.0.0.1 and free ports. */
public final class TestNodes {

  private static final AtomicLong INCARNATION = new AtomicLong(1_000);

  private TestNodes() {}

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Future<ClusterNode> start(String name, int port, String cookie, int... seeds) {
    return start(name, port, cookie, hazelcast -> {}, seeds);
  }

  public static Future<ClusterNode> start(
      String name, int port, String cookie, Consumer<Config> customizer, int... seeds) {
    NodeId id = new NodeId(name, INCARNATION.incrementAndGet());
    return ClusterNode.start(
        config(port, cookie, seeds), id, "1.0", 0, customizer, new SimpleMeterRegistry());
  }

  /** Waits for a start or a stop. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("not within 60 s", e);
    }
  }

  public static NodeConfig config(int port, String cookie, int... seeds) {
    List<NodeConfig.HostPort> nodes =
        Arrays.stream(seeds).mapToObj(seed -> new NodeConfig.HostPort("127.0.0.1", seed)).toList();
    return new NodeConfig(
        new NodeConfig.Node(null, true),
        new NodeConfig.Server("", "", "", "", ""),
        new NodeConfig.Http(
            "127.0.0.1",
            0,
            "/mcp",
            List.of(),
            1 << 20,
            new NodeConfig.Tls(null, null),
            100,
            Duration.ofMinutes(1),
            Duration.ofSeconds(10)),
        new NodeConfig.Sessions(Duration.ofHours(1), 1000, 1 << 20, 100, 0),
        new NodeConfig.Cluster(
            true,
            "127.0.0.1",
            port,
            nodes,
            cookie,
            2,
            Duration.ofSeconds(1),
            3,
            1000,
            3,
            NodeConfig.SplitBrainStrategy.MAJORITY,
            "",
            100,
            Duration.ofSeconds(30),
            1000,
            500),
        new NodeConfig.Tracing(false, 0, 100, ""),
        new NodeConfig.Admin(""),
        new NodeConfig.Features(true),
        new NodeConfig.Plugins(Path.of("plugins")));
  }
}
