package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MCP over WebSocket on three nodes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WebSocketIT {

  private static final int MAX_BODY = 64 * 1024;

  private static final Vertx VERTX = Vertx.vertx();
  private static final WebSocketClient CLIENT = VERTX.createWebSocketClient();
  private static ClusterProcesses cluster;

  @BeforeAll
  static void start() {
    cluster =
        ClusterProcesses.start(
            3, command -> command.set("http.maxBodyBytes", Integer.toString(MAX_BODY)));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    VERTX.close().await();
  }

  /** A socket to one node, with what came from it. */
  private static final class Socket implements AutoCloseable {

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Socket(int node, String... headers) {
      URI uri = cluster.uris().get(node);
      WebSocketConnectOptions options =
          new WebSocketConnectOptions()
              .setHost(uri.getHost())
              .setPort(uri.getPort())
              .setURI(uri.getPath() + "/ws")
              .setSubProtocols(List.of("mcp"));
      for (int i = 0; i < headers.length; i += 2) {
        options.addHeader(headers[i], headers[i + 1]);
      }
      socket = CLIENT.connect(options).await();
      socket.textMessageHandler(frames::add);
      socket.closeHandler(v -> closed.add((int) socket.closeStatusCode()));
    }

    JsonObject ask(String message) throws InterruptedException {
      socket.writeTextMessage(message.replace('\'', '"'));
      String frame = frames.poll(20, TimeUnit.SECONDS);
      assertThat(frame).as("answer to " + message).isNotNull();
      return frame.startsWith("[")
          ? new JsonObject().put("batch", new JsonArray(frame))
          : new JsonObject(frame);
    }

    JsonObject call(String tool) throws InterruptedException {
      return ask("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'" + tool + "'}}")
          .getJsonObject("result", new JsonObject())
          .getJsonObject("structuredContent", new JsonObject());
    }

    /** Returns the id of the session, as a client learns it. */
    String open(String revision) throws InterruptedException {
      JsonObject opened =
          ask(
              "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'"
                  + revision
                  + "','capabilities':{},'clientInfo':{'name':'t','version':'1'}}}");
      assertThat(opened.getJsonObject("result").getString("protocolVersion")).isEqualTo(revision);
      socket.writeTextMessage("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      return opened
          .getJsonObject("result")
          .getJsonObject("_meta")
          .getString("io.mcpnode/sessionId");
    }

    int closeCode() throws InterruptedException {
      Integer code = closed.poll(20, TimeUnit.SECONDS);
      assertThat(code).as("closed by the node").isNotNull();
      return code;
    }

    @Override
    public void close() {
      if (!socket.isClosed()) {
        socket.close().await();
      }
    }
  }

  @Test
  void aSessionGoesOnAtAnotherNodeAfterItsSocketWasClosed() throws Exception {
    String session;
    try (Socket first = new Socket(0)) {
      session = first.open("2025-11-25");
      assertThat(first.call("counter").getInteger("value")).isEqualTo(1);
      assertThat(session).isNotEmpty().isEqualTo(first.call("whoami").getString("session"));
    }
    for (int node = 1; node < 3; node++) {
      try (Socket next = new Socket(node, "Mcp-Session-Id", session)) {
        assertThat(next.call("counter").getInteger("value")).isEqualTo(1 + node);
        assertThat(next.call("whoami").getString("owner")).isEqualTo(cluster.name(0));
      }
    }
    NextNode http = new NextNode(cluster.uris());
    assertThat(http.send("DELETE", "", "Mcp-Session-Id", session).status()).isEqualTo(200);
    try (Socket after = new Socket(1, "Mcp-Session-Id", session)) {
      JsonObject gone = after.ask("{'jsonrpc':'2.0','id':3,'method':'ping'}");
      assertThat(gone.getJsonObject("error").getInteger("code")).isNegative();
      assertThat(after.open("2025-06-18")).isNotEmpty().isNotEqualTo(session);
      assertThat(after.call("counter").getInteger("value")).isEqualTo(1);
    }
  }

  @Test
  void credentialsOfTheUpgradeCountForEveryFrame() throws Exception {
    String session;
    try (Socket mine = new Socket(0, "Authorization", "Bearer a")) {
      session = mine.open("2025-11-25");
    }
    try (Socket others = new Socket(1, "Mcp-Session-Id", session)) {
      assertThat(others.ask("{'jsonrpc':'2.0','id':3,'method':'ping'}").containsKey("error"))
          .isTrue();
    }
    try (Socket mine = new Socket(2, "Mcp-Session-Id", session, "Authorization", "Bearer a")) {
      assertThat(mine.call("counter").getInteger("value")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello                                              | -32700",
        "{}                                                 | -32600",
        "{'jsonrpc':'2.0','id':null,'method':'ping'}         | -32600",
        "[]                                                 | -32600",
        "[{'jsonrpc':'2.0','id':1,'method':'ping'}]          | -32600",
        "{'jsonrpc':'2.0','id':1,'method':'no/such'}         | -32601",
        "{'jsonrpc':'2.0','id':1,'method':'tools/call'}      | -32602",
        "{'jsonrpc':'2.0','id':1,'method':'initialize'}      | -32600"
      })
  void aWrongMessageIsAnsweredAndTheSocketStaysUsable(String message, int code) throws Exception {
    try (Socket socket = new Socket(1)) {
      socket.open("2025-11-25");
      JsonObject answer = socket.ask(message);
      assertThat(answer.getJsonObject("error").getInteger("code")).isEqualTo(code);
      assertThat(socket.call("counter").getInteger("value")).isEqualTo(1);
    }
  }

  @Test
  void aFrameThatCanBeNoMessageClosesTheSocketAndNothingElse() throws Exception {
    try (Socket other = new Socket(2)) {
      other.open("2025-11-25");
      try (Socket binary = new Socket(2)) {
        binary.socket.writeBinaryMessage(Buffer.buffer("{}"));
        assertThat(binary.closeCode()).isEqualTo(1003);
      }
      try (Socket large = new Socket(2)) {
        large.socket.writeTextMessage(" ".repeat(MAX_BODY + 1));
        assertThat(large.closeCode()).isEqualTo(1009);
      }
      assertThat(other.call("counter").getInteger("value")).isEqualTo(1);
    }
  }

  @Test
  void aSocketWithoutSessionServesTheRevisionWithoutSessions() throws Exception {
    try (Socket socket = new Socket(1)) {
      JsonObject none = socket.ask("{'jsonrpc':'2.0','id':3,'method':'ping'}");
      assertThat(none.getJsonObject("error").getInteger("code")).isNegative();
      JsonObject found =
          socket.ask(
              "{'jsonrpc':'2.0','id':4,'method':'server/discover','params':{'_meta':{"
                  + "'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
                  + "'io.modelcontextprotocol/clientCapabilities':{}}}}");
      assertThat(found.getJsonObject("result").getJsonArray("supportedVersions"))
          .contains("2026-07-28");
    }
  }

  @Test
  void aPageOfAnotherSiteGetsNoSocket() {
    assertThatThrownBy(() -> new Socket(0, "Origin", "http://evil.example.com"))
        .hasMessageContaining("403");
  }
}
