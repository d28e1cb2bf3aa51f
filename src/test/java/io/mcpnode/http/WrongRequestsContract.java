package io.mcpnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.http.WrongRequest.Needs;
import io.mcpnode.http.WrongRequest.Then;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends the whole table of wrong requests to a port of this machine. After each, a good request is
 * answered, on the same connection where that stays usable and on a new one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WrongRequestsContract {

  private static final String LIVE = "GET /health/live HTTP/1.1\r\n" + WrongRequest.HOST + "\r\n";

  abstract int port();

  /** Where the sessions that a row needs are opened. */
  int sessionPort() {
    return port();
  }

  /** {@code http.maxBodyBytes} of the node. */
  abstract int maxBodyBytes();

  /** Whether a whole node is behind the port. */
  abstract boolean speaksMcp();

  Stream<WrongRequest> rows() {
    return WrongRequests.all(maxBodyBytes())
        .filter(row -> speaksMcp() || row.needs() == Needs.ANY_SERVICE);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedAndTheNextRequestIsAnswered(WrongRequest row) throws Exception {
    String session = speaksMcp() && row.namesTheSession() ? openSession() : "none";
    try (RawClient client = new RawClient(port())) {
      client.send(row.in(session));
      RawClient.Response response = client.read();
      assertThat(response.status()).as(response.toString()).isEqualTo(row.status());
      assertThat(response.header("content-type")).startsWith("application/json");
      assertThat(response.body()).contains(row.part()).contains("\"error\"");
      assertSaysWhatIsWrong(row, new JsonObject(response.body()));
      if (row.status() == 405) {
        assertThat(response.header("allow")).isNotEmpty();
        assertThat(response.body()).contains(response.header("allow"));
      }
      if (row.then() == Then.USABLE) {
        if (row.isOfClients()) {
          assertThat(response.header("mcp-node")).as("who refuses").isNotBlank();
        }
        assertAnswered(client, row);
      } else {
        assertThat(response.header("connection")).isEqualToIgnoringCase("close");
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
    try (RawClient another = new RawClient(port())) {
      assertAnswered(another, row);
    }
    if (speaksMcp() && row.isAboutTheSession()) {
      assertUntouched(session);
    }
  }

  /** An error of JSON-RPC for clients, a word and a line for operators. */
  private static void assertSaysWhatIsWrong(WrongRequest row, JsonObject body) {
    JsonObject error = body.getJsonObject("error");
    assertThat(error.getString("message")).isNotBlank();
    if (body.containsKey("jsonrpc") && !row.isOfOperators()) {
      assertThat(error.getInteger("code")).isNegative();
    } else {
      assertThat(error.getString("code")).matches("[a-z_]+");
      assertThat(body.fieldNames()).containsExactly("error");
      assertThat(error.fieldNames()).isSubsetOf("code", "message", "executed");
    }
  }

  /** A session that a wrong request was about is where and what it was. */
  void assertUntouched(String session) {}

  private static void assertAnswered(RawClient client, WrongRequest row) throws Exception {
    String next = row.isOfOperators() ? LIVE : EdgeFixture.post(WrongRequest.INITIALIZE);
    assertThat(client.send(next).read().status()).isEqualTo(200);
  }

  final String openSession() throws Exception {
    try (RawClient client = new RawClient(sessionPort())) {
      String session =
          client.send(EdgeFixture.post(WrongRequest.INITIALIZE)).read().header("mcp-session-id");
      String initialized = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
      client.send(EdgeFixture.post(initialized, "Mcp-Session-Id: " + session + "\r\n")).read();
      assertThat(session.getBytes(StandardCharsets.US_ASCII)).isNotEmpty();
      return session;
    }
  }
}
