package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.Answer;
import io.mcpnode.server.ClientReply;
import io.mcpnode.server.ClientRequest;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a POST and a DELETE become, and how answers look on the wire. */
class McpEndpointTest {

  private EdgeFixture edge;

  @BeforeEach
  void start() throws Exception {
    edge = EdgeFixture.start();
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void anAnswerIsJsonWithItsLengthAndTheNodeThatExecuted() throws Exception {
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(EdgeFixture.post("{\"id\":1}")).read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"length\":8}");
      assertThat(response.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("mcp-node", "fake-1")
          .doesNotContainKeys("connection", "transfer-encoding", "access-control-allow-origin");
    }
  }

  @Test
  void aClientThatNamesEventStreamsFirstGetsOne() throws Exception {
    String body = "{\"id\":1}";
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Accept: text/event-stream, application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      RawClient.Response response = client.read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers())
          .containsEntry("content-type", "text/event-stream")
          .containsEntry("mcp-node", "fake-1");
      assertThat(response.body()).isEqualTo("data: {\"length\":8}\n\n");
      assertThat(client.send(EdgeFixture.post(body)).read().body()).isEqualTo("{\"length\":8}");
    }
  }

  @Test
  void theServiceGetsBodySessionPrincipalAndHeaders() throws Exception {
    String headers =
        "mcp-session-id: s-1\r\nAuthorization: Bearer secret\r\nMCP-Protocol-Version: 2025-06-18\r\n";
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}", headers)).read();
      client.send(EdgeFixture.post("{}")).read();
    }
    ClientRequest known = edge.mcp.messages.get(0);
    assertThat(known.transport()).isEqualTo(ClientRequest.Transport.HTTP);
    assertThat(FakeMcpService.text(known.body())).isEqualTo("{}");
    assertThat(known.sessionId()).isEqualTo("s-1");
    assertThat(known.principal()).matches("credential:[0-9a-f]{16}").doesNotContain("secret");
    assertThat(known.headers().get("mcp-protocol-version")).isEqualTo("2025-06-18");
    ClientRequest anonymous = edge.mcp.messages.get(1);
    assertThat(anonymous.sessionId()).isNull();
    assertThat(anonymous.principal()).isEqualTo("anonymous");
  }

  @Test
  void aHeaderThatSaysTheSameTwiceSaysItOnce() throws Exception {
    String twice =
        "Mcp-Session-Id: s-1\r\nAuthorization: Bearer a\r\nOrigin: http://localhost:1\r\n"
            .repeat(2);
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(EdgeFixture.post("{}", twice)).read();
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("access-control-allow-origin")).isEqualTo("http://localhost:1");
    }
    assertThat(edge.mcp.messages).extracting(ClientRequest::sessionId).containsExactly("s-1");
  }

  @Test
  void anEmptySessionIsNone() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}", "Mcp-Session-Id:\r\n")).read();
      client.send(EdgeFixture.post("{}", "Mcp-Session-Id: \t \r\n")).read();
      client.send("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: \r\n\r\n").read();
    }
    assertThat(edge.mcp.messages).extracting(ClientRequest::sessionId).containsExactly(null, null);
    assertThat(edge.mcp.ends).extracting(ClientRequest::sessionId).containsExactly((String) null);
  }

  @Test
  void aBareStatusHasAnEmptyBody() throws Exception {
    edge.mcp.when("{}", (request, reply) -> reply.end(Answer.accepted("n9")));
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(EdgeFixture.post("{}")).read();
      assertThat(response.status()).isEqualTo(202);
      assertThat(response.headers())
          .containsEntry("content-length", "0")
          .containsEntry("mcp-node", "n9")
          .doesNotContainKey("content-type");
    }
  }

  @Test
  void aNewSessionAndAWaitBeforeTheNextTryAreHeaders() throws Exception {
    edge.mcp.when("1", (r, reply) -> reply.end(new Answer(200, Buffer.buffer("{}"), "n", "S", 0)));
    edge.mcp.when("2", (r, reply) -> reply.end(new Answer(503, Buffer.buffer("{}"), "n", null, 3)));
    try (RawClient client = edge.connect()) {
      assertThat(client.send(EdgeFixture.post("1")).read().header("mcp-session-id")).isEqualTo("S");
      RawClient.Response busy = client.send(EdgeFixture.post("2")).read();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.header("retry-after")).isEqualTo("3");
    }
  }

  @Test
  void deleteEndsTheSession() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("DELETE /mcp HTTP/1.1\r\nHost: localhost\r\nMcp-Session-Id: s-1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(edge.mcp.ends).extracting(ClientRequest::sessionId).containsExactly("s-1");
  }

  @Test
  void bodiesComeInAnyPieces() throws Exception {
    String large = "x".repeat(EdgeFixture.MAX_BODY);
    String head =
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\n";
    try (RawClient client = edge.connect()) {
      assertThat(client.send(EdgeFixture.post(large)).read().body())
          .isEqualTo("{\"length\":" + EdgeFixture.MAX_BODY + "}");
      client.send(
          head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;ext=1\r\n}\r\n0\r\nT: 1\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("{\"length\":2}");
      for (char c : (head + "Content-Length: 2\r\n\r\n{}").toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.read().body()).isEqualTo("{\"length\":2}");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToContinue() throws Exception {
    try (RawClient client = edge.connect()) {
      String request = EdgeFixture.post("{}", "Expect: 100-continue\r\n");
      client.send(request.substring(0, request.length() - 2));
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("{}").read().body()).isEqualTo("{\"length\":2}");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    int requests = 500;
    StringBuilder all = new StringBuilder();
    for (int i = 1; i <= requests; i++) {
      all.append(EdgeFixture.post("x".repeat(i)));
    }
    edge.mcp.when("x", (request, reply) -> edge.vertx.setTimer(50, t -> reply.end(json("first"))));
    try (RawClient client = edge.connect()) {
      client.send(all + "garbage\r\n\r\n");
      assertThat(client.read().body()).isEqualTo("first");
      for (int i = 2; i <= requests; i++) {
        assertThat(client.read().body()).isEqualTo("{\"length\":" + i + "}");
      }
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aProxyOfTheLastCenturyIsServed() throws Exception {
    String request = EdgeFixture.post("{}").replace("HTTP/1.1", "HTTP/1.0");
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(request.replace("Host: localhost\r\n", "")).read();
      assertThat(response.body()).isEqualTo("{\"length\":2}");
      assertThat(client.isClosedByServer()).isTrue();
    }
    try (RawClient client = edge.connect()) {
      String stays = request.replace("\r\nHost", "\r\nConnection: keep-alive\r\nHost");
      assertThat(client.send(stays).read().header("connection")).isEqualTo("keep-alive");
      assertThat(client.send(stays).read().status()).isEqualTo(200);
    }
  }

  @Test
  void wildcardsAndAMissingAcceptAllowBothMediaTypes() throws Exception {
    try (RawClient client = edge.connect()) {
      for (String accept :
          new String[] {
            "",
            "Accept: */*\r\n",
            "Accept: application/*, text/*;q=0.5\r\n",
            "Accept: application/json\r\nAccept: text/event-stream\r\n"
          }) {
        client.send(
            "POST /mcp?a=b HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Type: application/json\r\n"
                + accept
                + "Content-Length: 2\r\n\r\n{}");
        assertThat(client.read().status()).as(accept).isEqualTo(200);
      }
    }
  }

  @Test
  void pagesOfAllowedOriginsReadAnswersAndSendMcpHeaders() throws Exception {
    for (String origin :
        new String[] {"https://app.example.com", "http://localhost:6274", "https://[::1]:8443"}) {
      try (RawClient client = edge.connect()) {
        RawClient.Response response =
            client.send(EdgeFixture.post("{}", "Origin: " + origin + "\r\n")).read();
        assertThat(response.header("access-control-allow-origin")).isEqualTo(origin);
        assertThat(response.header("access-control-expose-headers"))
            .contains("Mcp-Session-Id", "Mcp-Node");
        assertThat(response.header("vary")).isEqualToIgnoringCase("Origin");
        client.send(
            "OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                + origin
                + "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers:"
                + " content-type,Mcp-Session-Id,mcp-param-region,x-evil\r\n\r\n");
        RawClient.Response preflight = client.read();
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("access-control-allow-headers"))
            .isEqualTo("content-type, mcp-session-id, mcp-param-region");
        assertThat(preflight.header("access-control-allow-methods")).contains("POST", "DELETE");
        assertThat(client.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aPreflightIsAnsweredWithWhatAnswersHaveInCommon() throws Exception {
    String options =
        "OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:6274\r\n"
            + "Access-Control-Request-Method: POST\r\n\r\n";
    try (RawClient client = edge.connect()) {
      RawClient.Response preflight = client.send(options).read();
      assertThat(preflight.headers())
          .containsEntry("mcp-node", "fake-1")
          .containsEntry("access-control-allow-origin", "http://localhost:6274")
          .doesNotContainKey("connection");
      edge.draining.set(true);
      assertThat(client.send(options).read().header("connection")).isEqualTo("close");
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aVerbThatTheClientsRevisionDoesNotHaveIsToldWhichOneItHas() throws Exception {
    edge.mcp.when(
        "{}", (request, reply) -> reply.end(new Answer(405, Buffer.buffer("{}"), "n", null, 0)));
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(EdgeFixture.post("{}")).read();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.header("allow")).isEqualTo("POST");
      client.send(
          "GET /mcp HTTP/1.1\r\nHost: localhost\r\nMCP-Protocol-Version: 2026-07-28\r\n\r\n");
      RawClient.Response get = client.read();
      assertThat(get.status()).isEqualTo(405);
      assertThat(get.header("allow")).isEqualTo("POST");
    }
  }

  @Test
  void headGets405WithoutBodyAndTheConnectionStaysUsable() throws Exception {
    try (RawClient client = edge.connect()) {
      RawClient.Response head =
          client.send("HEAD /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n").read(true);
      assertThat(head.status()).isEqualTo(405);
      assertThat(head.header("allow")).isEqualTo("GET, POST, DELETE");
      assertThat(client.send(EdgeFixture.post("{}")).read().status()).isEqualTo(200);
    }
  }

  @Test
  void chunksWinOverALengthAndNothingIsSmuggled() throws Exception {
    String both =
        EdgeFixture.post("", "Transfer-Encoding: chunked\r\n").replace("Length: 0", "Length: 3")
            + "2\r\n{}\r\n0\r\n\r\n";
    try (RawClient client = edge.connect()) {
      RawClient.Response response = client.send(both).read();
      assertThat(response.status()).isIn(200, 400);
      if (response.status() == 200) {
        assertThat(response.body()).isEqualTo("{\"length\":2}");
      }
    }
    assertThat(edge.mcp.messages).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void anAnswerFromAnyThreadArrives() throws Exception {
    edge.mcp.when(
        "{}", (request, reply) -> CompletableFuture.runAsync(() -> reply.end(json("elsewhere"))));
    try (RawClient client = edge.connect()) {
      assertThat(client.send(EdgeFixture.post("{}")).read().body()).isEqualTo("elsewhere");
    }
  }

  @Test
  void aServiceThatThrowsIsAnInternalErrorAndASecondAnswerIsDropped() throws Exception {
    edge.mcp.when(
        "1",
        (request, reply) -> {
          throw new IllegalStateException("bug");
        });
    edge.mcp.when(
        "2",
        (request, reply) -> {
          reply.end(json("once"));
          reply.end(json("twice"));
        });
    try (RawClient client = edge.connect()) {
      RawClient.Response failed = client.send(EdgeFixture.post("1")).read();
      assertThat(failed.status()).isEqualTo(500);
      assertThat(failed.body()).contains("-32603").doesNotContain("bug");
      assertThat(client.send(EdgeFixture.post("2")).read().body()).isEqualTo("once");
      assertThat(client.send(EdgeFixture.post("{}")).read().body()).isEqualTo("{\"length\":2}");
    }
  }

  @Test
  void theServiceHearsThatTheClientWent() throws Exception {
    CompletableFuture<String> gone = new CompletableFuture<>();
    CompletableFuture<ClientReply> seen = new CompletableFuture<>();
    edge.mcp.when(
        "{}",
        (request, reply) -> {
          reply.onClientGone(() -> gone.complete("gone"));
          seen.complete(reply);
        });
    try (RawClient client = edge.connect()) {
      client.send(EdgeFixture.post("{}"));
      seen.get(10, TimeUnit.SECONDS);
      assertThat(gone).isNotDone();
    }
    assertThat(gone.get(10, TimeUnit.SECONDS)).isEqualTo("gone");
    CompletableFuture<String> late = new CompletableFuture<>();
    seen.get().onClientGone(() -> late.complete("at once"));
    assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo("at once");
    seen.get().end(json("nobody reads this"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> edge.server.openConnections() == 0);
  }

  private static Answer json(String text) {
    return FakeMcpService.json(text);
  }
}
