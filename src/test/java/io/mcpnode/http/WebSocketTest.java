package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.affinity.Answer;
import io.mcpnode.protocol.RequestId;
import io.mcpnode.server.ClientReply;
import io.mcpnode.server.ClientRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** MCP over WebSocket. */
class WebSocketTest {

  private EdgeFixture edge;
  private final Vertx clientVertx = Vertx.vertx();

  /** Kept, for one that nobody refers to closes its sockets. */
  private final WebSocketClient client = clientVertx.createWebSocketClient();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Short> closed = new CompletableFuture<>();

  @BeforeEach
  void start() throws Exception {
    edge = EdgeFixture.start();
  }

  @AfterEach
  void stop() {
    clientVertx.close().toCompletionStage().toCompletableFuture().join();
    edge.close();
  }

  private WebSocket connect(WebSocketConnectOptions options) throws Exception {
    WebSocket socket =
        EdgeFixture.await(
            client.connect(options.setHost("127.0.0.1").setPort(edge.port).addSubProtocol("mcp")));
    socket.textMessageHandler(received::add);
    socket.closeHandler(v -> closed.complete(socket.closeStatusCode()));
    return socket;
  }

  private WebSocket connect() throws Exception {
    return connect(new WebSocketConnectOptions().setURI("/mcp/ws"));
  }

  private String next() throws Exception {
    return received.poll(10, TimeUnit.SECONDS);
  }

  private short closeCode() throws Exception {
    return closed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void newsOfTheSessionComeOnTheSocket() throws Exception {
    connect(new WebSocketConnectOptions().setURI("/mcp/ws?session=s-1"));
    await().until(() -> !edge.mcp.readers.isEmpty());
    assertThat(edge.mcp.streams.get(0).sessionId()).isEqualTo("s-1");
    assertThat(edge.mcp.readers.get(0).resumable()).isFalse();
    edge.mcp.readers.get(0).event(Buffer.buffer(), "g.1.0");
    edge.mcp.readers.get(0).event(Buffer.buffer("{\"news\":1}"), "g.1.1");
    assertThat(next()).isEqualTo("{\"news\":1}");
  }

  @Test
  void framesAreMessagesAndAnswersBothWays() throws Exception {
    edge.mcp.when(
        "{\"id\":1}",
        (request, reply) -> {
          reply.event(Buffer.buffer("{\"progress\":1}"));
          reply.end(FakeMcpService.json("{\"result\":1}"));
        });
    edge.mcp.when("{}", (request, reply) -> reply.end(Answer.accepted("n")));
    WebSocket socket = connect();
    assertThat(socket.subProtocol()).isEqualTo("mcp");
    socket.writeTextMessage("{}");
    socket.writeTextMessage("{\"id\":1}");
    assertThat(next()).isEqualTo("{\"progress\":1}");
    assertThat(next()).isEqualTo("{\"result\":1}");
    assertThat(edge.mcp.messages)
        .extracting(ClientRequest::transport)
        .containsOnly(ClientRequest.Transport.WEBSOCKET);
  }

  @Test
  void theConnectionKeepsTheSessionThatInitializeOpenedAndTellsItsId() throws Exception {
    opens("init", "{\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\"}}");
    WebSocket socket = connect();
    socket.writeTextMessage("init");
    assertThat(next())
        .isEqualTo(
            "{\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\","
                + "\"_meta\":{\"io.mcpnode/sessionId\":\"s-9\"}}}");
    socket.writeTextMessage("next");
    assertThat(next()).as("told once").isEqualTo("{\"length\":4}");
    assertThat(edge.mcp.messages).extracting(ClientRequest::sessionId).containsExactly(null, "s-9");
  }

  @Test
  void theIdOfTheSessionJoinsWhatIsInMetaAlready() throws Exception {
    opens("init", "{\"id\":\"a\",\"result\":{\"_meta\":{\"x\":[1]},\"z\":null}}");
    connect().writeTextMessage("init");
    assertThat(next())
        .isEqualTo(
            "{\"id\":\"a\",\"result\":{\"_meta\":{\"x\":[1],"
                + "\"io.mcpnode/sessionId\":\"s-9\"},\"z\":null}}");
  }

  private void opens(String message, String answer) {
    edge.mcp.when(
        message, (r, reply) -> reply.end(new Answer(200, Buffer.buffer(answer), "n", "s-9", 0)));
  }

  @Test
  void anUpgradeNamesTheSessionItResumes() throws Exception {
    connect(new WebSocketConnectOptions().setURI("/mcp/ws?session=s-1")).writeTextMessage("a");
    next();
    connect(
            new WebSocketConnectOptions()
                .setURI("/mcp/ws")
                .addHeader("Mcp-Session-Id", "s-2")
                .addHeader("Authorization", "Bearer x"))
        .writeTextMessage("b");
    next();
    assertThat(edge.mcp.messages)
        .extracting(ClientRequest::sessionId)
        .containsExactly("s-1", "s-2");
    assertThat(edge.mcp.messages.get(1).principal()).startsWith("credential:");
  }

  @Test
  void anEmptyIdOnAnUpgradeIsNone() throws Exception {
    WebSocketConnectOptions both = new WebSocketConnectOptions().setURI("/mcp/ws?session=s-1");
    connect(both.addHeader("Mcp-Session-Id", "")).writeTextMessage("a");
    assertThat(next()).isEqualTo("{\"length\":1}");
    connect(new WebSocketConnectOptions().setURI("/mcp/ws?session=")).writeTextMessage("b");
    assertThat(next()).isEqualTo("{\"length\":1}");
    assertThat(edge.mcp.messages).extracting(ClientRequest::sessionId).containsExactly("s-1", null);
    assertThat(edge.mcp.streams).as("read news").hasSize(1);
  }

  @Test
  void messagesAreHandedOverInOrderAlsoInFragmentsAndMoreThanAreAnsweredAtOnce() throws Exception {
    WebSocket socket = connect();
    int messages = 3 * WebSocketConversation.MAX_RUNNING;
    for (int i = 1; i <= messages; i++) {
      String text = "x".repeat(i);
      edge.mcp.when(
          text, (r, reply) -> edge.vertx.setTimer(20, t -> reply.end(FakeMcpService.json(text))));
      socket.writeTextMessage(text);
    }
    for (int i = 1; i <= messages; i++) {
      assertThat(next()).isNotNull();
    }
    assertThat(edge.mcp.messages)
        .extracting(request -> request.body().length())
        .isSorted()
        .hasSize(messages);
    String large = "y".repeat(EdgeFixture.MAX_BODY);
    socket.writeTextMessage(large);
    assertThat(next()).isEqualTo("{\"length\":" + EdgeFixture.MAX_BODY + "}");
  }

  @Test
  void aMessageThatIsTooLargeClosesWith1009() throws Exception {
    connect().writeTextMessage("x".repeat(EdgeFixture.MAX_BODY + 1));
    assertThat(closeCode()).isEqualTo((short) 1009);
    assertThat(edge.mcp.messages).isEmpty();
  }

  @Test
  void aFrameThatIsTooLargeClosesWith1009() throws Exception {
    try (RawClient client = upgraded()) {
      client.send(
          new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 0, 0x7f, 0, 0, 0, 1, 2, 3, 4, 5, 6});
      assertThat(client.readBytes(4)).startsWith((byte) 0x88).endsWith((byte) 3, (byte) 0xf1);
    }
  }

  @Test
  void aBrokenFrameClosesWith1002() throws Exception {
    byte[] unmasked = {(byte) 0x81, 2, '{', '}'};
    byte[] reserved = {(byte) 0xf1, (byte) 0x82, 0, 0, 0, 0, '{', '}'};
    for (byte[] frame : new byte[][] {unmasked, reserved}) {
      try (RawClient client = upgraded()) {
        client.send(frame);
        assertThat(client.readBytes(4)).startsWith((byte) 0x88).endsWith((byte) 3, (byte) 0xea);
      }
    }
  }

  @Test
  void aBinaryFrameClosesWith1003() throws Exception {
    connect().writeBinaryMessage(Buffer.buffer("{}"));
    assertThat(closeCode()).isEqualTo((short) 1003);
  }

  @Test
  void garbageInsteadOfFramesClosesTheSocketAndNothingElse() throws Exception {
    try (RawClient client = upgraded()) {
      client.send("GET / HTTP/1.1\r\n\r\n".repeat(10));
      while (client.readBytes(1).length > 0) {
        assertThat(client).isNotNull();
      }
    } catch (java.io.IOException reset) {
      assertThat(reset).isNotNull();
    }
    connect().writeTextMessage("still here");
    assertThat(next()).isEqualTo("{\"length\":10}");
  }

  @Test
  void anUpgradeListsWordsInAnyCaseAndSubprotocolsInTheirs() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(
          "GET /mcp/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Keep-Alive, UPGRADE\r\n"
              + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Protocol: MCP, mcp\r\n\r\n");
      RawClient.Response response = client.readHead();
      assertThat(response.status()).isEqualTo(101);
      assertThat(response.headers())
          .containsEntry("sec-websocket-protocol", "mcp")
          .containsEntry("mcp-node", "fake-1")
          .containsEntry("connection", "upgrade");
    }
  }

  private RawClient upgraded() throws Exception {
    RawClient client = edge.connect();
    client.send(
        "GET /mcp/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: mcp\r\n\r\n");
    assertThat(client.readHead().status()).isEqualTo(101);
    return client;
  }

  @Test
  void aSocketThatIsNotReadIsClosedRatherThanFillingTheHeap() throws Exception {
    String big = "z".repeat(500_000);
    edge.mcp.when("{}", (request, reply) -> reply.end(FakeMcpService.json(big)));
    WebSocket socket = connect();
    socket.pause();
    for (int i = 0; i < 200; i++) {
      socket.writeTextMessage("{}");
    }
    org.awaitility.Awaitility.await()
        .until(
            () ->
                edge.operations
                        .meters
                        .counter("mcp.http.websocket.closed", "reason", "slow client")
                        .count()
                    > 0);
  }

  @Test
  void aRequestThatIsTakenBackIsNotAnswered() throws Exception {
    CompletableFuture<ClientReply> running = new CompletableFuture<>();
    CompletableFuture<String> gone = new CompletableFuture<>();
    edge.mcp.when(
        "call",
        (request, reply) -> {
          reply.named(RequestId.of(1));
          reply.onClientGone(() -> gone.complete("gone"));
          running.complete(reply);
        });
    edge.mcp.when(
        "take back 2",
        (request, reply) -> reply.end(FakeMcpService.json("" + reply.takeBack(RequestId.of(2)))));
    edge.mcp.when(
        "take back 1",
        (request, reply) -> reply.end(FakeMcpService.json("" + reply.takeBack(RequestId.of(1)))));
    WebSocket socket = connect();
    socket.writeTextMessage("call");
    socket.writeTextMessage("take back 2");
    assertThat(next()).isEqualTo("false");
    assertThat(gone).isNotDone();
    socket.writeTextMessage("take back 1");
    assertThat(next()).isEqualTo("true");
    assertThat(gone).isCompleted();
    running.get().end(FakeMcpService.json("nobody wants this"));
    socket.writeTextMessage("take back 1");
    assertThat(next()).as("of a request that is no more").isEqualTo("false");
  }

  @Test
  void theServiceHearsThatTheSocketWentAndTheSessionIsNotEnded() throws Exception {
    CompletableFuture<String> gone = new CompletableFuture<>();
    CompletableFuture<ClientReply> seen = new CompletableFuture<>();
    edge.mcp.when(
        "{}",
        (request, reply) -> {
          reply.onClientGone(() -> gone.complete("gone"));
          seen.complete(reply);
        });
    WebSocket socket = connect();
    socket.writeTextMessage("{}");
    seen.get(10, TimeUnit.SECONDS);
    socket.close();
    assertThat(gone.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
    seen.get().end(FakeMcpService.json("nobody reads this"));
    org.awaitility.Awaitility.await().until(() -> edge.server.openConnections() == 0);
    assertThat(edge.mcp.ends).isEmpty();
  }

  @Test
  void aNodeThatDrainsAnswersWhatRunsThenClosesWith1001AndTakesNoOther() throws Exception {
    CompletableFuture<ClientReply> reply = new CompletableFuture<>();
    edge.mcp.when("{}", (request, out) -> reply.complete(out));
    WebSocket socket = connect();
    socket.writeTextMessage("{}");
    reply.get(10, TimeUnit.SECONDS);
    edge.draining.set(true);
    try (RawClient other = edge.connect()) {
      other.send(
          "GET /mcp/ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + "Sec-WebSocket-Protocol: mcp\r\n\r\n");
      assertThat(other.read().status()).isEqualTo(503);
    }
    assertThat(closed).isNotDone();
    reply.get().end(FakeMcpService.json("last"));
    assertThat(next()).isEqualTo("last");
    assertThat(closeCode()).isEqualTo((short) 1001);
  }
}
