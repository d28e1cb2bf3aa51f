package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.server.ClientReply;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle, busy, too many, and going away. */
class ConnectionsTest {

  @Test
  void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
    CompletableFuture<ClientReply> reply = new CompletableFuture<>();
    try (EdgeFixture edge =
            new EdgeFixture("", 10, Duration.ofMillis(500), Duration.ofSeconds(10));
        RawClient busy = edge.connect();
        RawClient idle = edge.connect();
        RawClient half = edge.connect()) {
      edge.mcp.when("{}", (request, out) -> reply.complete(out));
      busy.send(EdgeFixture.post("{}"));
      half.send("POST /mcp HTTP/1.1\r\nHo");
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(half.isClosedByServer()).isTrue();
      reply.get(10, TimeUnit.SECONDS).end(FakeMcpService.json("done"));
      assertThat(busy.read().body()).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A: b\r\n", "\r\n"})
  void aHeadThatDripsDoesNotKeepItsConnection(String drop) throws Exception {
    try (EdgeFixture edge = new EdgeFixture("", 10, Duration.ofMillis(500), Duration.ofSeconds(1));
        RawClient dripping = edge.connect()) {
      dripping.send(drop.isBlank() ? drop : "GET /mcp HTTP/1.1\r\n");
      Awaitility.await()
          .pollInterval(Duration.ofMillis(100))
          .until(() -> edge.server.openConnections() == 0 || !hasSent(dripping, drop));
    }
  }

  private static boolean hasSent(RawClient client, String text) {
    try {
      client.send(text);
      return true;
    } catch (java.io.IOException closed) {
      return false;
    }
  }

  @Test
  void oneConnectionTooManyIsClosedAndCounted() throws Exception {
    try (EdgeFixture edge = new EdgeFixture("", 2, Duration.ofSeconds(30), Duration.ofSeconds(10));
        RawClient first = edge.connect();
        RawClient second = edge.connect()) {
      assertThat(first.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
      assertThat(second.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
      try (RawClient third = edge.connect()) {
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(edge.server.openConnections()).isEqualTo(2);
      assertThat(
              edge.operations
                  .meters
                  .counter("mcp.http.connections.refused", "reason", "http.maxConnections")
                  .count())
          .isEqualTo(1);
      second.hangUp();
      Awaitility.await().until(() -> edge.server.openConnections() == 1);
      try (RawClient third = edge.connect()) {
        assertThat(third.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whileTheNodeDrainsEveryResponseAsksForAnotherConnection() throws Exception {
    try (EdgeFixture edge = EdgeFixture.start();
        RawClient client = edge.connect();
        RawClient untold = edge.connect()) {
      assertThat(client.send(EdgeFixture.post("{}")).read().headers())
          .doesNotContainKey("connection");
      edge.draining.set(true);
      assertThat(client.send(EdgeFixture.post("{}")).read().header("connection"))
          .isEqualTo("close");
      assertThat(client.send("GET /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n").read().headers())
          .containsEntry("connection", "close");
      assertThat(client.isClosedByServer()).isTrue();
      edge.draining.set(false);
      assertThat(untold.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void quiesceWaitsForRunningRequestsAndClosesIdleConnections() throws Exception {
    CompletableFuture<ClientReply> reply = new CompletableFuture<>();
    try (EdgeFixture edge = EdgeFixture.start();
        RawClient busy = edge.connect();
        RawClient idle = edge.connect()) {
      edge.mcp.when("{}", (request, out) -> reply.complete(out));
      busy.send(EdgeFixture.post("{}"));
      reply.get(10, TimeUnit.SECONDS);
      Awaitility.await().until(() -> edge.server.requestsInProgress() == 1);
      Future<Void> quiet = edge.server.quiesce(Duration.ofSeconds(20));
      assertThat(idle.isClosedByServer()).isTrue();
      assertThat(quiet.isComplete()).isFalse();
      reply.get().end(FakeMcpService.json("done"));
      RawClient.Response response = busy.read();
      assertThat(response.body()).isEqualTo("done");
      assertThat(response.header("connection")).isEqualTo("close");
      EdgeFixture.await(quiet);
      assertThat(edge.server.openConnections()).isZero();
      EdgeFixture.await(edge.server.stopAccepting(Duration.ofSeconds(1)));
      Awaitility.await().until(() -> isRefused(edge.port));
    }
  }

  private static boolean isRefused(int port) {
    try (RawClient client = new RawClient(port)) {
      return client.isClosedByServer();
    } catch (java.io.IOException e) {
      return true;
    }
  }

  /** Each request on a connection of its own, so that there is always one that just comes in. */
  @Test
  void whoeverGetsAConnectionWhileThePortClosesIsAnswered() throws Exception {
    try (EdgeFixture edge = EdgeFixture.start()) {
      AtomicInteger answered = new AtomicInteger();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(CompletableFuture.runAsync(() -> postUntilRefused(edge.port, answered)));
      }
      Awaitility.await().until(() -> answered.get() > 200);
      EdgeFixture.await(edge.server.stopAccepting(Duration.ofSeconds(10)));
      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    }
  }

  private static void postUntilRefused(int port, AtomicInteger answered) {
    while (true) {
      RawClient client;
      try {
        client = new RawClient(port);
      } catch (java.io.IOException e) {
        return;
      }
      try (client) {
        assertThat(client.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
        answered.incrementAndGet();
      } catch (Exception e) {
        throw new AssertionError("connected, and not answered", e);
      }
    }
  }

  @Test
  void quiesceEndsAfterItsTimeWhateverRuns() throws Exception {
    CompletableFuture<ClientReply> reply = new CompletableFuture<>();
    try (EdgeFixture edge = EdgeFixture.start();
        RawClient busy = edge.connect()) {
      edge.mcp.when("{}", (request, out) -> reply.complete(out));
      busy.send(EdgeFixture.post("{}"));
      reply.get(10, TimeUnit.SECONDS);
      EdgeFixture.await(edge.server.quiesce(Duration.ofMillis(300)));
      assertThat(edge.server.openConnections()).isEqualTo(1);
    }
  }
}
