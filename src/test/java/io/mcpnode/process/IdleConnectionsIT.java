package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many connections that do nothing. */
class IdleConnectionsIT {

  private static final int CONNECTIONS = 10_000;
  private static final ByteBuffer REQUEST =
      StandardCharsets.US_ASCII.encode("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

  /** Connects; every other connection has been used once. */
  private static SocketChannel connect(int index, InetSocketAddress node) throws IOException {
    SocketChannel channel = SocketChannel.open(node);
    if (index % 2 == 0) {
      channel.write(REQUEST.duplicate());
      ByteBuffer answer = ByteBuffer.allocate(2048);
      channel.read(answer);
      assertThat(new String(answer.array(), 0, 12, StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** Reads what has come; false once the other side has closed. */
  private static boolean isOpen(SocketChannel channel) {
    try {
      ByteBuffer rest = ByteBuffer.allocate(4096);
      int read = channel.read(rest);
      return read >= 0;
    } catch (IOException reset) {
      return false;
    }
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aNodeWithTenThousandIdleConnectionsStillServes() throws IOException {
    Vertx vertx = Vertx.vertx();
    List<SocketChannel> channels = new ArrayList<>(CONNECTIONS);
    // The limit of open files is raised as far as this user may; a JVM takes what it gets.
    try (NodeProcess node =
            NodeCommand.node("idle")
                .under("bash", "-c", "ulimit -n 16384 || ulimit -n hard; exec \"$@\"", "bash")
                .start()
                .awaitReady();
        McpClient client = new McpClient(vertx, List.of(node.uri()), 8)) {
      InetSocketAddress address = new InetSocketAddress(node.uri().getHost(), node.uri().getPort());
      for (int i = 0; i < CONNECTIONS; i++) {
        channels.add(connect(i, address));
      }
      String session = client.open().await().session();
      for (int i = 1; i <= 100; i++) {
        McpReply reply = client.call(session, "counter", new JsonObject()).await();
        assertThat(reply.isResult()).as(reply.toString()).isTrue();
        assertThat(reply.structured().getInteger("value")).isEqualTo(i);
      }
      assertThat(channels.stream().filter(IdleConnectionsIT::isOpen)).hasSize(CONNECTIONS);
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
      vertx.close().await();
    }
  }
}
