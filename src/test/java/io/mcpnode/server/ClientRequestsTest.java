package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.McpException;
import io.mcpnode.api.Root;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.server.input.ClientRequests;
import io.mcpnode.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientRequestsTest {

  private static final String ALL = "{'roots':{},'sampling':{},'elicitation':{'form':{},'url':{}}}";

  static final FakeTool ELICIT =
      FakeTool.of(
          "elicit",
          (arguments, call) ->
              outcome(
                  call.elicit("who", ElicitRequest.form("Who?", ElicitField.text("name")))
                      .thenApply(ClientRequestsTest::shown)));

  private static final FakeTool SEND_TO_PAGE =
      FakeTool.of(
          "page",
          (arguments, call) ->
              outcome(
                  call.elicit("pay", ElicitRequest.url("Pay", "https://pay.example"))
                      .thenApply(ClientRequestsTest::shown)));

  private static final FakeTool SAMPLE =
      FakeTool.of(
          "sample",
          (arguments, call) ->
              outcome(
                  call.sample("capital", SampleRequest.of(100, "Capital?"))
                      .thenApply(SampleResponse::text)));

  private static final FakeTool ROOTS =
      FakeTool.of(
          "roots",
          (arguments, call) ->
              outcome(
                  call.roots()
                      .thenApply(
                          roots ->
                              roots.stream().map(Root::uri).collect(Collectors.joining(" ")))));

  private static final FakeTool TWICE =
      FakeTool.of(
          "twice",
          (arguments, call) ->
              outcome(
                  call.roots("r")
                      .thenCombine(call.roots("r"), (a, b) -> a.size() + " " + (a == b))));

  private static final FakeTool PAY =
      FakeTool.of(
          "pay",
          (arguments, call) ->
              outcome(
                  call.elicit(
                          "pay", ElicitRequest.url("Pay", "https://pay.example/7").withId("e-7"))
                      .thenApply(
                          answer -> {
                            call.elicitationComplete("e-7");
                            return shown(answer);
                          })));

  private static final FakeTool PING =
      FakeTool.of(
          "ping",
          (arguments, call) ->
              outcome(call.ping().thenCompose(there -> call.ping()).thenApply(there -> "there")));

  private final Rig rig = new Rig(ELICIT, SEND_TO_PAGE, SAMPLE, ROOTS, TWICE, PAY, PING);

  private static String shown(ElicitResponse answer) {
    return answer.action() + " " + answer.text("name").orElse("-");
  }

  /** As a tool of an author: what its future fails with is told, unless it is a protocol error. */
  static Future<ToolOutcome> outcome(CompletableFuture<String> text) {
    return Future.fromCompletionStage(text)
        .map(ToolOutcome::text)
        .recover(
            problem -> {
              Throwable cause =
                  problem instanceof CompletionException && problem.getCause() != null
                      ? problem.getCause()
                      : problem;
              return cause instanceof McpException
                  ? Future.failedFuture(cause)
                  : Future.succeededFuture(
                      ToolOutcome.failed(
                          cause.getClass().getSimpleName() + ": " + cause.getMessage()));
            });
  }

  private static String response(JsonNode request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + request.get("id")
        + ","
        + result.replace('\'', '"')
        + "}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "elicit | 'result':{'action':'accept','content':{'name':'Ada'}} | ACCEPT Ada",
        "elicit | 'result':{'action':'decline'} | DECLINE -",
        "elicit | 'result':{'action':'cancel','content':{'name':'Ada'}} | CANCEL -",
        "elicit | 'error':{'code':-1,'message':'no'} | ClientErrorException: no",
        "elicit | 'result':{'action':'what'} | IllegalArgumentException: action: not accept, decline or cancel",
        "elicit | 'result':{'action':'accept'} | IllegalArgumentException: content.name: missing (expected: it is required)",
        "elicit | 'result':{'action':'accept','content':{'name':7}} | IllegalArgumentException: content.name: \"7\" (expected: text)",
        "elicit | 'result':5 | IllegalArgumentException: action: not accept, decline or cancel",
        "page | 'result':{'action':'accept'} | ACCEPT -",
        "sample | 'result':{'role':'assistant','model':'m','content':{'type':'text','text':'Paris'}} | Paris",
        "sample | 'result':{'role':'assistant','model':'m','content':[{'type':'text','text':'Pa'},{'type':'text','text':'ris'}]} | Paris",
        "sample | 'result':{} | IllegalArgumentException: no model, or no content",
        "roots | 'result':{'roots':[{'uri':'file:///a','name':'A'},{'uri':'file:///b'}]} | file:///a file:///b",
        "roots | 'result':{'roots':7} | IllegalArgumentException: roots: not a list",
        "twice | 'result':{'roots':[]} | 0 true",
      })
  void theCallGoesOnWithWhatTheClientAnswers(String tool, String answer, String text) {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, tool, "{}"));
    assertThat(client.answered()).isFalse();
    assertThat(client.events).hasSize(1);
    assertThat(rig.post(session, response(client.events.get(0), answer)).shown()).isEqualTo("202");
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-11-25 | elicit | elicitation/create | {'mode':'form','message':'Who?','requestedSchema':{'type':'object','properties':{'name':{'type':'string'}},'required':['name']}}",
        "2025-06-18 | elicit | elicitation/create | {'message':'Who?','requestedSchema':{'type':'object','properties':{'name':{'type':'string'}},'required':['name']}}",
        "2025-11-25 | page | elicitation/create | {'mode':'url','message':'Pay','url':'https://pay.example','elicitationId':'handle-2'}",
        "2025-03-26 | sample | sampling/createMessage | {'messages':[{'role':'user','content':{'type':'text','text':'Capital?'}}],'maxTokens':100}",
        "2025-03-26 | roots | roots/list | {}",
      })
  void theClientIsAskedInTheWordsOfItsRevision(
      String revision, String tool, String method, String params) {
    String session = rig.open(revision, ALL);
    JsonNode asked = rig.post(session, Rig.call(1, tool, "{}")).events.get(0);
    assertThat(asked.get("id").asText()).isEqualTo("n1#1:1");
    assertThat(asked.get("method").asText()).isEqualTo(method);
    assertThat(asked.get("params").toString()).isEqualTo(params.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-11-25 | {} | elicit",
        "2025-11-25 | {'elicitation':{'url':{}}} | elicit",
        "2025-11-25 | {'elicitation':{}} | page",
        "2025-06-18 | {'elicitation':{'url':{}}} | page",
        "2025-03-26 | {'elicitation':{}} | elicit",
        "2025-11-25 | {'elicitation':{}} | sample",
        "2025-11-25 | {'elicitation':{}} | roots",
      })
  void whatTheClientHasNotDeclaredIsNeverAsked(String revision, String declared, String tool) {
    String session = rig.open(revision, declared);
    FakeClient client = rig.post(session, Rig.call(1, tool, "{}"));
    assertThat(client.events).isEmpty();
    assertThat(client.json().at("/result/isError").asBoolean()).isTrue();
    assertThat(client.json().at("/result/content/0/text").asText())
        .startsWith("the client does not offer what this tool needs: ");
  }

  @Test
  void theClientHearsThatItsUserIsDoneAtThePage() {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "pay", "{}"));
    assertThat(client.events.get(0).at("/params/elicitationId").asText()).isEqualTo("e-7");
    rig.post(session, response(client.events.get(0), "'result':{'action':'accept'}"));
    assertThat(client.events.get(1).toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/elicitation/complete\","
                + "\"params\":{\"elicitationId\":\"e-7\"}}");
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("ACCEPT -");
  }

  @Test
  void withoutASessionNothingIsSaidOfTheEndAtAPage() {
    String able = "'_meta':{'io.modelcontextprotocol/clientCapabilities':" + ALL + "}";
    FakeClient asked = rig.modern("tools/call", "{'name':'pay'," + able + "}");
    JsonNode question = asked.json().at("/result/inputRequests/pay/params");
    assertThat(question.toString())
        .isEqualTo("{\"mode\":\"url\",\"message\":\"Pay\",\"url\":\"https://pay.example/7\"}");
    FakeClient told =
        rig.modern(
            "tools/call",
            "{'name':'pay',"
                + able
                + ",'requestState':'"
                + asked.json().at("/result/requestState").asText()
                + "','inputResponses':{'pay':{'action':'accept'}}}");
    assertThat(told.events).isEmpty();
    assertThat(told.json().at("/result/content/0/text").asText()).isEqualTo("ACCEPT -");
  }

  @ParameterizedTest
  @CsvSource({"2025-03-26", "2025-06-18", "2025-11-25"})
  void aClientOfAnyRevisionWithSessionsIsPinged(String revision) {
    String session = rig.open(revision, "{}");
    FakeClient client = rig.post(session, Rig.call(1, "ping", "{}"));
    assertThat(client.events.get(0).toString())
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"n1#1:1\",\"method\":\"ping\",\"params\":{}}");
    rig.post(session, response(client.events.get(0), "'result':{}"));
    assertThat(client.events.get(1).path("id").asText()).isEqualTo("n1#1:2");
    assertThat(client.answered()).isFalse();
    McpDispatcher newOwner = rig.dispatcher(rig.affinity, "n2", List.of(PING));
    rig.post(
        newOwner,
        Rig.request(
            session,
            response(client.events.get(1), "'result':{}"),
            MultiMap.caseInsensitiveMultiMap()));
    assertThat(client.json().at("/result/content/0/text").asText())
        .as("its answer came to another node")
        .isEqualTo("there");
  }

  @Test
  void aClientThatGivesNoSignOfLifeIsNotWaitedFor() {
    String session = rig.open("2025-11-25", "{}");
    FakeClient client = rig.post(session, Rig.call(1, "ping", "{}"));
    rig.clock.pass(Duration.ofSeconds(10));
    rig.streamsOf("n1").tick();
    assertThat(client.json().at("/result/content/0/text").asText())
        .startsWith("TimeoutException: ");
    assertThat(rig.meters.get("mcp.client.requests").gauge().value()).isZero();
  }

  @Test
  void withoutASessionThereIsNoPing() {
    FakeClient client = rig.modern("tools/call", "{'name':'ping'}");
    assertThat(client.events).isEmpty();
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("there");
  }

  @Test
  void nobodyElseCanAnswer() {
    String session = rig.open("2025-11-25", ALL);
    String other = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "roots", "{}"));
    String forged = response(client.events.get(0), "'result':{'roots':[]}");
    assertThat(rig.post(other, forged).shown()).isEqualTo("202");
    assertThat(client.answered()).isFalse();
    rig.post(session, forged);
    assertThat(client.answered()).isTrue();
    assertThat(rig.post(session, forged).shown()).as("a second time").isEqualTo("202");
  }

  @ParameterizedTest
  @CsvSource({"7", "'\"x\"'", "'\"n1#1:99\"'", "'\"n9#1:1\"'", "'\"n1#x:1\"'", "'\"#1:1\"'"})
  void anAnswerThatNobodyWaitsForIsAccepted(String id) {
    String session = rig.open("2025-11-25", ALL);
    String response = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
    assertThat(rig.post(session, response).shown()).isEqualTo("202");
  }

  @Test
  void anAnswerFindsTheCallOnTheNodeThatTheSessionHasLeft() {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "elicit", "{}"));
    McpDispatcher newOwner = rig.dispatcher(rig.affinity, "n2", List.of(ELICIT));
    String answer =
        response(client.events.get(0), "'result':{'action':'accept','content':{'name':'Ada'}}");
    FakeClient posted =
        rig.post(newOwner, Rig.request(session, answer, MultiMap.caseInsensitiveMultiMap()));
    assertThat(posted.shown()).isEqualTo("202");
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("ACCEPT Ada");
  }

  @Test
  void anAnswerForANodeThatIsGoneIsAcceptedAndDropped() {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "roots", "{}"));
    McpDispatcher newOwner = rig.dispatcher(rig.affinity, "n2", List.of(ROOTS));
    rig.net.crash(new NodeId("n1", 1));
    String answer = response(client.events.get(0), "'result':{'roots':[]}");
    assertThat(
            rig.post(newOwner, Rig.request(session, answer, MultiMap.caseInsensitiveMultiMap()))
                .shown())
        .isEqualTo("202");
    assertThat(client.answered()).isFalse();
  }

  @Test
  void aClientThatDoesNotAnswerInTimeIsToldThatItsAnswerIsNoLongerWanted() {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "elicit", "{}"));
    rig.clock.pass(Duration.ofMinutes(10).minusMillis(1));
    rig.streamsOf("n1").tick();
    assertThat(client.answered()).isFalse();
    rig.clock.pass(Duration.ofMillis(1));
    rig.streamsOf("n1").tick();
    assertThat(client.json().at("/result/content/0/text").asText())
        .startsWith("TimeoutException: ");
    assertThat(client.events.get(1).toString())
        .isEqualTo(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                + "{\"requestId\":\"n1#1:1\",\"reason\":\"timeout\"}}");
  }

  @Test
  void aClientIsAskedOnlyWhenItIsReady() {
    String session = rig.initialize("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "elicit", "{}"));
    rig.clock.pass(ClientRequests.SLOWEST_START.minusMillis(1));
    rig.streamsOf("n1").tick();
    assertThat(client.events).isEmpty();
    rig.initialized(session);
    rig.streamsOf("n1").tick();
    rig.streamsOf("n1").tick();
    assertThat(client.events).hasSize(1);
    rig.clock.pass(Duration.ofMinutes(10).minusMillis(1));
    rig.streamsOf("n1").tick();
    assertThat(client.answered()).as("it has its time from the question on").isFalse();
    String answer = "'result':{'action':'accept','content':{'name':'Ada'}}";
    rig.post(session, response(client.events.get(0), answer));
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("ACCEPT Ada");
  }

  @Test
  void aClientThatNeverGetsReadyIsNotAsked() {
    String session = rig.initialize("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "elicit", "{}"));
    rig.clock.pass(ClientRequests.SLOWEST_START);
    rig.streamsOf("n1").tick();
    assertThat(client.events).isEmpty();
    assertThat(client.json().at("/result/content/0/text").asText())
        .isEqualTo("TimeoutException: the client has not sent notifications/initialized");
  }

  @Test
  void aClientCanBePingedBeforeItIsReady() {
    FakeClient client = rig.post(rig.initialize("2025-11-25", ALL), Rig.call(1, "ping", "{}"));
    assertThat(client.events.get(0).path("method").asText()).isEqualTo("ping");
  }

  @Test
  void aCancelledCallAsksNoLonger() {
    String session = rig.open("2025-11-25", ALL);
    FakeClient client = rig.post(session, Rig.call(1, "elicit", "{}"));
    rig.post(
        session,
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");
    assertThat(client.shown()).isEqualTo("202");
    assertThat(rig.meters.get("mcp.client.requests").gauge().value()).isZero();
  }
}
