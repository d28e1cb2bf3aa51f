package io.mcpnode.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP's rules on three nodes, every request to the next one. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class McpRulesIT {

  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final String AUTHORIZATION = "Authorization";
  private static final String LIST = "{'jsonrpc':'2.0','id':7,'method':'tools/list'}";
  private static final String PING = "{'jsonrpc':'2.0','id':'p','method':'ping'}";
  private static final String NOTE = "{'jsonrpc':'2.0','method':'notifications/initialized'}";
  private static final String META =
      "'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
          + "'io.modelcontextprotocol/clientCapabilities':{}}";

  private static ClusterProcesses cluster;
  private static NextNode client;

  @BeforeAll
  static void start() {
    cluster = ClusterProcesses.start(3);
    client = new NextNode(cluster.uris());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String initialize(String revision) {
    return "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'"
        + revision
        + "','capabilities':{},'clientInfo':{'name':'t','version':'1'}}}";
  }

  private static String modern(String method, String params) {
    return "{'jsonrpc':'2.0','id':7,'method':'" + method + "','params':{" + params + META + "}}";
  }

  private static NextNode.Answer callCounter(String arguments, String... more) {
    String[] headers = {
      VERSION, "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "counter", "X", "y"
    };
    if (more.length == 2) {
      headers[6] = more[0];
      headers[7] = more[1];
    }
    return client.post(
        modern("tools/call", "'name':'counter','arguments':{" + arguments + "},"), headers);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "2024-11-05, 2025-11-25",
    "tomorrow, 2025-11-25"
  })
  void aRevisionWithSessionsIsEchoedAndAnyOtherBecomesTheLatestOne(String asked, String agreed) {
    NextNode.Answer opened = client.post(initialize(asked));
    assertThat(opened.status()).isEqualTo(200);
    assertThat(opened.result().path("protocolVersion").asText()).isEqualTo(agreed);
    assertThat(opened.session()).matches("[!-~]+");
    NextNode.Answer who =
        client.post(
            "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'whoami'}}",
            SESSION,
            opened.session());
    assertThat(who.text()).contains("protocolVersion").contains(agreed);
  }

  @Test
  void aSessionDoesNotExistForOtherCredentials() {
    String session = client.open("2025-11-25", AUTHORIZATION, "Bearer a");
    String anonymous = client.open("2025-11-25");
    for (int i = 0; i < 3; i++) {
      NextNode.Answer unknown = client.post(LIST, SESSION, "never-was");
      assertThat(unknown.status()).isEqualTo(404);
      assertSame(client.post(LIST, SESSION, session), unknown);
      assertSame(client.post(LIST, SESSION, session, AUTHORIZATION, "Bearer b"), unknown);
      assertSame(client.post(LIST, SESSION, anonymous, AUTHORIZATION, "Bearer a"), unknown);
      assertSame(
          client.send("DELETE", "", SESSION, session, AUTHORIZATION, "Bearer b"),
          client.send("DELETE", "", SESSION, "never-was"));
      assertThat(client.post(LIST, SESSION, session, AUTHORIZATION, "Bearer a").status())
          .isEqualTo(200);
      assertThat(client.post(LIST, SESSION, anonymous).status()).isEqualTo(200);
    }
  }

  private static void assertSame(NextNode.Answer answer, NextNode.Answer expected) {
    assertThat(answer.status()).isEqualTo(expected.status());
    assertThat(answer.text()).isEqualTo(expected.text());
  }

  @Test
  void aDeletedSessionIsGoneOnEveryNodeAtOnce() {
    String session = client.open("2025-11-25");
    for (int i = 0; i < 3; i++) {
      assertThat(client.post(PING, SESSION, session).status()).isEqualTo(200);
    }
    assertThat(client.send("DELETE", "", SESSION, session).status()).isBetween(200, 204);
    for (int i = 0; i < 3; i++) {
      NextNode.Answer gone = client.post(PING, SESSION, session);
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.body().path("id").asText()).isEqualTo("p");
      assertThat(gone.code()).isNegative();
      assertThat(client.post(NOTE, SESSION, session).status()).isEqualTo(404);
      assertThat(client.send("DELETE", "", SESSION, session).status()).isEqualTo(404);
    }
  }

  @Test
  void theRevisionOf2025March26HasBatches() {
    String session = client.open("2025-03-26");
    for (int i = 0; i < 3; i++) {
      NextNode.Answer answer =
          client.post("[" + PING + "," + NOTE + "," + LIST + ",{}]", SESSION, session);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.body()).hasSize(3);
      Set<String> answers = new HashSet<>();
      for (JsonNode part : answer.body()) {
        answers.add(part.path("id").asText() + " " + part.path("error").path("code").asText());
      }
      assertThat(answers).containsExactlyInAnyOrder("p ", "7 ", " -32600");
      NextNode.Answer noted = client.post("[" + NOTE + "," + NOTE + "]", SESSION, session);
      assertThat(noted.status()).isEqualTo(202);
      assertThat(noted.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void laterRevisionsHaveNone(String revision) {
    String session = client.open(revision);
    for (int i = 0; i < 3; i++) {
      NextNode.Answer answer = client.post("[" + PING + "]", SESSION, session);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo(-32600);
      assertThat(answer.body().has("id")).isFalse();
    }
  }

  @Test
  void aPingIsAnsweredWithNothingAndANotificationNotAtAll() {
    String session = client.open("2025-11-25");
    for (int i = 0; i < 3; i++) {
      NextNode.Answer pong = client.post(PING, SESSION, session);
      assertThat(pong.text()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
      for (String note : new String[] {NOTE, "{'jsonrpc':'2.0','method':'notifications/none'}"}) {
        NextNode.Answer noted = client.post(note, SESSION, session);
        assertThat(noted.status()).isEqualTo(202);
        assertThat(noted.text()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26, 200", "2025-11-25, 200", "2024-11-05, 400", "'', 400", "x, 400"})
  void theVersionHeaderOfASessionNamesARevisionThatHasSessions(String version, int status) {
    String session = client.open("2025-11-25");
    for (int i = 0; i < 3; i++) {
      assertThat(client.post(PING, SESSION, session, VERSION, version).status()).isEqualTo(status);
    }
  }

  @Test
  void aRequestOf2026NeedsNoSessionAndIgnoresOne() {
    for (int i = 0; i < 3; i++) {
      NextNode.Answer found =
          client.post(
              modern("server/discover", ""),
              VERSION,
              "2026-07-28",
              "Mcp-Method",
              "server/discover",
              SESSION,
              "never-was");
      assertThat(found.status()).as(found.text()).isEqualTo(200);
      assertThat(found.session()).isEmpty();
      assertThat(found.result().path("supportedVersions").toString()).contains("2026-07-28");
      for (String verb : new String[] {"GET", "DELETE"}) {
        assertThat(client.send(verb, "", VERSION, "2026-07-28").status()).isEqualTo(405);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-07-28, tools/call, echo, 200, 0",
        "2026-07-28, tools/call, =?base64?ZWNobw==?=, 200, 0",
        "2026-07-28, tools/call, =?base64?ZWNobw?=, 400, -32020",
        "2026-07-28, tools/call, ECHO, 400, -32020",
        "2026-07-28, tools/call, -, 400, -32020",
        "2026-07-28, TOOLS/CALL, echo, 400, -32020",
        "2026-07-28, -, echo, 400, -32020",
        "2025-11-25, tools/call, echo, 400, -32020",
        "-, tools/call, echo, 400, -32020"
      })
  void theHeadersOf2026SayWhatTheBodySays(
      String version, String method, String name, int status, int code) {
    String[] headers = {
      version == null ? "X-1" : VERSION,
      version == null ? "x" : version,
      method == null ? "X-2" : "mcp-method",
      method == null ? "x" : method,
      name == null ? "X-3" : "MCP-NAME",
      name == null ? "x" : name
    };
    String call = modern("tools/call", "'name':'echo','arguments':{'message':'m'},");
    for (int i = 0; i < 3; i++) {
      NextNode.Answer answer = client.post(call, headers);
      assertThat(answer.status()).as(answer.text()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.body().path("id").asInt()).isEqualTo(7);
    }
  }

  @Test
  void aHandleDoesNotExistForOtherCredentials() {
    String handle = callCounter("", AUTHORIZATION, "Bearer a").structured().path("handle").asText();
    assertThat(handle).isNotEmpty();
    String mine = "'handle':'" + handle + "'";
    for (int i = 0; i < 3; i++) {
      NextNode.Answer unknown = callCounter("'handle':'never-was'");
      assertThat(unknown.result().isMissingNode()).as(unknown.text()).isTrue();
      assertSame(callCounter(mine, AUTHORIZATION, "Bearer b"), unknown);
      assertSame(callCounter(mine), unknown);
      NextNode.Answer counted = callCounter(mine, AUTHORIZATION, "Bearer a");
      assertThat(counted.structured().path("value").asInt()).as(counted.text()).isEqualTo(2 + i);
    }
  }
}
