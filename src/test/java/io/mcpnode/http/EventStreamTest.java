package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.server.ClientReply;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.WireException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that begin before their end. */
class EventStreamTest {

  private EdgeFixture edge;
  private final CompletableFuture<ClientReply> reply = new CompletableFuture<>();

  @BeforeEach
  void start() throws Exception {
    edge = EdgeFixture.start();
    edge.mcp.when("{}", (request, out) -> reply.complete(out));
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  private ClientReply reply() throws Exception {
    return reply.get(10, TimeUnit.SECONDS);
  }

  @Test
  void theFirstEventMakesItAStreamAndTheAnswerEndsIt() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}"));
      reply().executing("n7");
      EdgeFixture.await(reply().event(Buffer.buffer("{\"progress\":1}")));
      RawClient.Response head = client.readHead();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers())
          .containsEntry("content-type", "text/event-stream")
          .containsEntry("cache-control", "no-store")
          .containsEntry("x-accel-buffering", "no")
          .containsEntry("mcp-node", "n7");
      assertThat(client.readChunk()).isEqualTo("data: {\"progress\":1}\n\n");
      reply().event(Buffer.buffer("{\n\"progress\":\r\n2}"));
      assertThat(client.readChunk())
          .isEqualTo("data: {\ndata: \"progress\":\ndata: \ndata: 2}\n\n");
      reply().end(FakeMcpService.json("{\"result\":3}"));
      assertThat(client.readChunk()).isEqualTo("data: {\"result\":3}\n\n");
      assertThat(client.readChunk()).isEmpty();
      assertThat(client.send(EdgeFixture.post("{ }")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void eventsFromAnotherThreadKeepTheirOrderWithTheEnd() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}"));
      for (int i = 0; i < 50; i++) {
        reply().event(Buffer.buffer("" + i));
      }
      reply().end(FakeMcpService.json("end"));
      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        expected.append("data: ").append(i).append("\n\n");
      }
      assertThat(client.read().body()).isEqualTo(expected + "data: end\n\n");
    }
  }

  @Test
  void aClientThatDoesNotReadIsHeldBackAndThenRefusedUntilItReads() throws Exception {
    Buffer event = Buffer.buffer("x".repeat(100_000));
    try (RawClient client = new RawClient(edge.port, 4096)) {
      client.send(EdgeFixture.post("{}"));
      List<Future<Void>> sent = new ArrayList<>();
      do {
        sent.add(settled(reply().event(event)));
      } while (sent.size() < 2000 && sent.stream().noneMatch(Future::failed));
      reply().end(FakeMcpService.json("end"));
      String body = client.read().body();
      long refused = sent.stream().filter(Future::failed).count();
      assertThat(refused).isPositive();
      assertThat(body)
          .hasSize((int) (sent.size() - refused) * 100_008 + 11)
          .endsWith("data: end\n\n");
      assertThat(sent.stream().filter(Future::failed).map(Future::cause))
          .allSatisfy(
              cause ->
                  assertThat(cause)
                      .isInstanceOfSatisfying(
                          WireException.class,
                          e -> assertThat(e.failure()).isEqualTo(Failure.OVERLOADED)));
      assertThat(
              edge.operations
                  .meters
                  .counter("mcp.http.events.refused", "reason", "slow client")
                  .count())
          .isEqualTo(refused);
    }
  }

  /** Room that comes while the kernel's buffers fill is not what is waited for. */
  private static boolean staysOpen(Future<Void> future) throws Exception {
    try {
      future.toCompletionStage().toCompletableFuture().get(500, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    }
  }

  /** Gives a future on another thread the time to be refused. */
  private Future<Void> settled(Future<Void> future) throws Exception {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    edge.vertx.setTimer(1, t -> turn.complete(null));
    turn.get(10, TimeUnit.SECONDS);
    return future;
  }

  @Test
  void waitingForRoomFailsWhenTheClientGoes() throws Exception {
    Buffer event = Buffer.buffer("x".repeat(1_000_000));
    Future<Void> waiting = Future.succeededFuture();
    try (RawClient client = new RawClient(edge.port, 4096)) {
      client.send(EdgeFixture.post("{}"));
      for (int i = 0; i < 100 && !staysOpen(waiting); i++) {
        waiting = reply().event(event);
      }
      assertThat(waiting.isComplete()).isFalse();
    }
    Future<Void> held = waiting;
    org.awaitility.Awaitility.await().until(held::failed);
    assertThat(
            EdgeFixture.<Throwable>await(
                reply().event(event).<Throwable>map(v -> null).recover(Future::succeededFuture)))
        .hasMessageContaining("gone");
  }

  @Test
  void eventsCanHaveIdsAndNothingElse() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}").replace("HTTP/1.1", "HTTP/1.0"));
      reply().event(Buffer.buffer(), "a.1.1");
      reply().event(Buffer.buffer("1"), "a.1.2");
      reply().event(Buffer.buffer(), null);
      reply().event(Buffer.buffer("2"), null);
      reply().end(FakeMcpService.json("3"));
      assertThat(client.read().body())
          .isEqualTo(
              "id: a.1.1\nretry: 1000\ndata: \n\nid: a.1.2\ndata: 1\n\n: begun\n\n"
                  + "data: 2\n\ndata: 3\n\n");
    }
  }

  @Test
  void aClientThatIsLetGoIsToldWhenToComeBack() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}").replace("HTTP/1.1", "HTTP/1.0"));
      CompletableFuture<Void> gone = new CompletableFuture<>();
      reply().onClientGone(() -> gone.complete(null));
      reply().event(Buffer.buffer(), "a.1.1");
      reply().disconnect(500);
      assertThat(client.read().body())
          .isEqualTo("id: a.1.1\nretry: 1000\ndata: \n\nretry: 500\n\n");
      gone.get(10, TimeUnit.SECONDS);
      reply().end(FakeMcpService.json("too late"));
    }
  }

  @Test
  void withHttp10TheEndOfTheStreamIsTheEndOfTheConnection() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}").replace("HTTP/1.1", "HTTP/1.0"));
      reply().event(Buffer.buffer("1"));
      reply().end(FakeMcpService.json("2"));
      assertThat(client.read().body()).isEqualTo("data: 1\n\ndata: 2\n\n");
    }
  }
}
