package io.mcpnode.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.DeathProbe.Finding;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeathProbeTest {

  private static final String HOST = "127.0.0.1";
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();
  private final DeathProbe probe = new DeathProbe(vertx);

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private static Finding get(Future<Finding> finding) throws Exception {
    return finding.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** As the kernel does for a process that is stopped. */
  private static ServerSocket acceptsAndSaysNothing() throws Exception {
    return new ServerSocket(0, 8, InetAddress.getByName(HOST));
  }

  @Test
  void nothingListensWhereAProcessHasDied() throws Exception {
    int port;
    try (ServerSocket closed = acceptsAndSaysNothing()) {
      port = closed.getLocalPort();
    }
    assertThat(get(probe.probe(HOST, port, LIMIT))).isEqualTo(Finding.REFUSED);
    assertThat(get(probe.greet(HOST, port, LIMIT))).isEqualTo(Finding.REFUSED);
  }

  @Test
  void aProcessThatIsStoppedListensAndDoesNotGreet() throws Exception {
    try (ServerSocket stopped = acceptsAndSaysNothing()) {
      assertThat(get(probe.probe(HOST, stopped.getLocalPort(), LIMIT)))
          .isEqualTo(Finding.LISTENING);
      assertThat(get(probe.greet(HOST, stopped.getLocalPort(), LIMIT))).isEqualTo(Finding.SILENT);
    }
  }

  @Test
  void aNodeGreets() throws Exception {
    int port = TestNodes.freePort();
    ClusterNode node = TestNodes.await(TestNodes.start("n1", port, "greets", port));
    try {
      assertThat(get(probe.greet(HOST, port, LONG))).isEqualTo(Finding.LISTENING);
    } finally {
      node.hazelcast().getLifecycleService().terminate();
      TestNodes.await(node.vertx().close().otherwiseEmpty());
    }
  }
}
