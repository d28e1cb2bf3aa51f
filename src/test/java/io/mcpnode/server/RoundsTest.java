package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.ClientCapability;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ElicitResponse;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.protocol.ToolOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {

  private static final String ALL = "{'elicitation':{},'sampling':{},'roots':{}}";
  private static final String ADA = "'who':{'action':'accept','content':{'name':'Ada'}}";

  private final List<String> ran = new ArrayList<>();

  private final FakeTool greet =
      FakeTool.of(
          "greet",
          (arguments, call) -> {
            ran.add("greet");
            ElicitRequest who = ElicitRequest.form("Who?", ElicitField.text("name"));
            return ClientRequestsTest.outcome(
                call.elicit("who", who).thenApply(RoundsTest::greeting));
          });

  private final FakeTool twoRounds =
      FakeTool.of(
          "two",
          (arguments, call) -> {
            ElicitRequest name = ElicitRequest.form("Who?", ElicitField.text("name"));
            ElicitRequest color = ElicitRequest.form("Color?", ElicitField.text("color"));
            return ClientRequestsTest.outcome(
                call.elicit("who", name)
                    .thenCompose(
                        who ->
                            call.elicit("color", color)
                                .thenApply(
                                    answer ->
                                        who.text("name").orElse("-")
                                            + " "
                                            + answer.text("color").orElse("-"))));
          });

  private final FakeTool atOnce =
      FakeTool.of(
          "atOnce",
          (arguments, call) -> {
            CompletableFuture<ElicitResponse> who =
                call.elicit("who", ElicitRequest.form("Who?", ElicitField.text("name")));
            CompletableFuture<SampleResponse> joke = call.sample("joke", SampleRequest.of(9, "?"));
            CompletableFuture<Integer> roots = call.roots().thenApply(List::size);
            return ClientRequestsTest.outcome(
                CompletableFuture.allOf(who, joke, roots)
                    .thenApply(all -> greeting(who.join()) + joke.join().text() + roots.join()));
          });

  private final FakeTool page =
      FakeTool.of(
          "page",
          (arguments, call) ->
              ClientRequestsTest.outcome(
                  call.elicit("pay", ElicitRequest.url("Pay", "https://pay.example"))
                      .thenApply(answer -> "paid")));

  private final FakeTool able =
      FakeTool.of(
          "able",
          (arguments, call) ->
              call.supports(ClientCapability.ELICITATION)
                  ? greet.call(arguments, call)
                  : ClientRequestsTest.outcome(
                      call.sample("joke", SampleRequest.of(9, "?"))
                          .thenApply(SampleResponse::text)));

  private final FakeTool keep =
      FakeTool.of(
          "keep",
          (arguments, call) -> {
            call.state().update("n", Integer.class, old -> 1);
            return greet.call(arguments, call);
          });

  private final FakeTool forget =
      FakeTool.of(
          "forget",
          (arguments, call) -> {
            call.roots();
            return Future.succeededFuture(ToolOutcome.text("without an answer"));
          });

  private final List<Promise<ToolOutcome>> waiting = new ArrayList<>();

  private final FakeTool wait =
      FakeTool.of(
          "wait",
          (arguments, call) -> {
            waiting.add(Promise.promise());
            return waiting.get(waiting.size() - 1).future();
          });

  private final Rig rig = new Rig(greet, twoRounds, atOnce, page, able, keep, forget, wait);

  private static String greeting(ElicitResponse answer) {
    return "Hello, " + answer.text("name").orElse("?");
  }

  private FakeClient call(String tool, String members) {
    return call("n1", tool, members, "anonymous");
  }

  private FakeClient call(String node, String tool, String members, String principal) {
    McpDispatcher at =
        node.equals("n1")
            ? rig.node
            : rig.dispatcher(
                rig.affinity, node, List.of(greet, twoRounds, atOnce, able, keep, forget));
    return rig.post(
        at,
        Rig.modern(
            "tools/call",
            "{'name':'"
                + tool
                + "','_meta':{'io.modelcontextprotocol/clientCapabilities':"
                + ALL
                + "}"
                + members
                + "}",
            principal));
  }

  private static String state(FakeClient client) {
    assertThat(client.json().at("/result/resultType").asText()).isEqualTo("input_required");
    return client.json().at("/result/requestState").asText();
  }

  private static String with(String state, String answers) {
    return ",'requestState':'" + state + "','inputResponses':{" + answers + "}";
  }

  private static String text(FakeClient client) {
    assertThat(client.json().at("/result/resultType").asText()).isEqualTo("complete");
    return client.json().at("/result/content/0/text").asText();
  }

  @Test
  void aQuestionIsTheAnswerAndTheNextRoundHasTheOther() {
    FakeClient first = call("greet", "");
    JsonNode result = first.json().get("result");
    assertThat(result.at("/inputRequests/who/method").asText()).isEqualTo("elicitation/create");
    assertThat(result.at("/inputRequests/who/params/mode").asText()).isEqualTo("form");
    assertThat(result.at("/inputRequests/who").has("id")).isFalse();
    assertThat(result.has("ttlMs")).isFalse();
    assertThat(first.events).as("requests to the client").isEmpty();
    FakeClient second = call("greet", with(state(first), ADA));
    assertThat(text(second)).isEqualTo("Hello, Ada");
    assertThat(ran).hasSize(2);
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void anyNodeGoesOn() {
    FakeClient second = call("n2", "greet", with(state(call("greet", "")), ADA), "anonymous");
    assertThat(text(second)).isEqualTo("Hello, Ada");
  }

  @Test
  void earlierAnswersAreKeptThroughTheRounds() {
    String one = state(call("two", ""));
    String two = state(call("two", with(one, ADA)));
    assertThat(two).isNotEqualTo(one);
    String color = "'color':{'action':'accept','content':{'color':'red'}}";
    assertThat(text(call("two", with(two, color)))).isEqualTo("Ada red");
  }

  @Test
  void severalQuestionsAreAskedAtOnce() {
    FakeClient first = call("atOnce", "");
    assertThat(first.json().at("/result/inputRequests").fieldNames())
        .toIterable()
        .containsExactly("who", "joke", "roots");
    String answers =
        ADA
            + ",'joke':{'role':'assistant','model':'m','content':{'type':'text','text':'!'}}"
            + ",'roots':{'roots':[]}";
    assertThat(text(call("atOnce", with(state(first), answers)))).isEqualTo("Hello, Ada!0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'other':{'action':'accept'}",
        "'who':12345",
        "'who':null",
        "'who':{'action':'perhaps'}",
        "'who':{'action':'accept'}",
        "'who':{'action':'accept','content':{'name':7}}",
        "''",
      })
  void whatIsMissingOrIllTypedIsAskedAgain(String answers) {
    String members = with(state(call("greet", "")), answers.equals("''") ? "" : answers);
    String again = state(call("greet", members));
    assertThat(text(call("greet", with(again, ADA)))).isEqualTo("Hello, Ada");
  }

  @Test
  void inputResponsesThatAreNoObjectAreAskedForAgain() {
    String state = state(call("greet", ""));
    state(call("greet", ",'requestState':'" + state + "','inputResponses':null"));
  }

  @Test
  void answersThatNobodyAskedForAreLeftAside() {
    String state = state(call("two", ""));
    String color = "'color':{'action':'accept','content':{'color':'red'}}";
    FakeClient early = call("two", with(state, ADA + "," + color));
    assertThat(early.json().at("/result/inputRequests").has("color")).isTrue();
  }

  @Test
  void anAnswerWithoutStateIsTakenLikeAnArgument() {
    assertThat(text(call("greet", ",'inputResponses':{" + ADA + ",'x':{}}")))
        .isEqualTo("Hello, Ada");
  }

  private void refused(FakeClient client, String why) {
    assertThat(client.shown()).isEqualTo("200 -32602");
    assertThat(client.json().at("/error/message").asText()).contains(why);
  }

  @Test
  void stateIsGoodForOneUseInTheWholeCluster() {
    String members = with(state(call("greet", "")), ADA);
    assertThat(text(call("greet", members))).isEqualTo("Hello, Ada");
    refused(call("greet", members), "used before");
    refused(call("n2", "greet", members, "anonymous"), "used before");
    assertThat(ran).hasSize(2);
  }

  @Test
  void aCallThatThereIsNoRoomForHasNotUsedItsState() {
    String members = with(state(call("greet", "")), ADA);
    for (int i = 0; i < Rig.MAX_CALLS; i++) {
      assertThat(call("wait", "").answered()).isFalse();
    }
    assertThat(call("greet", members).shown()).isEqualTo("503 -32603");
    waiting.forEach(each -> each.complete(ToolOutcome.text("done")));
    assertThat(text(call("greet", members))).isEqualTo("Hello, Ada");
    refused(call("greet", members), "used before");
    assertThat(rig.node.runningCalls()).as("a refused one takes no room").isZero();
  }

  @Test
  void stateOfAnotherClientOrCallOrTimeIsRefused() {
    String state = state(call("greet", ""));
    refused(call("greet", with(state + "-TAMPERED", ADA)), "not of this server");
    refused(call("n1", "greet", with(state, ADA), "mallory"), "of another");
    refused(call("two", with(state, ADA)), "of another");
    refused(call("greet", with(state, ADA) + ",'arguments':{'a':1}"), "of another");
    refused(call("greet", ",'requestState':5"), "not of this server");
    rig.clock.pass(Duration.ofMinutes(10).plusMillis(1));
    refused(call("greet", with(state, ADA)), "too old");
    assertThat(ran).hasSize(1);
  }

  @Test
  void theOrderOfMembersIsNotPartOfTheCall() {
    String state = state(call("greet", ",'arguments':{'a':1,'b':{'c':2,'d':[3]}}"));
    String members = ",'arguments':{'b':{'d':[3],'c':2},'a':1}";
    assertThat(text(call("greet", with(state, ADA) + members))).isEqualTo("Hello, Ada");
  }

  @Test
  void numbersThatDifferBeyondADoubleAreAnotherCall() {
    String state = state(call("greet", ",'arguments':{'n':'#9007199254740993.0','x':'#0.10'}"));
    refused(
        call("greet", with(state, ADA) + ",'arguments':{'n':'#9007199254740992.0','x':0.1}"),
        "another request");
    assertThat(
            text(
                call(
                    "greet",
                    with(state, ADA) + ",'arguments':{'n':'#9007199254740993.0','x':0.1}")))
        .isEqualTo("Hello, Ada");
  }

  @Test
  void whatTheClientCannotDoIsAnErrorThatNamesIt() {
    FakeClient client = rig.modern("tools/call", "{'name':'greet'}");
    assertThat(client.shown()).isEqualTo("400 -32021");
    assertThat(client.json().at("/error/data/requiredCapabilities").toString())
        .isEqualTo("{\"elicitation\":{\"form\":{}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "greet | {'elicitation':{'url':{}}} | {\"elicitation\":{\"form\":{}}}",
        "page | {'elicitation':{'form':{}}} | {\"elicitation\":{\"url\":{}}}",
        "page | {'elicitation':{}} | {\"elicitation\":{\"url\":{}}}",
      })
  void aClientWithTheOtherKindOfElicitationHearsWhichOneIsMissing(
      String tool, String declared, String required) {
    FakeClient client =
        rig.modern(
            "tools/call",
            "{'name':'"
                + tool
                + "','_meta':{'io.modelcontextprotocol/clientCapabilities':"
                + declared
                + "}}");
    assertThat(client.shown()).isEqualTo("400 -32021");
    assertThat(client.json().at("/error/data/requiredCapabilities").toString()).isEqualTo(required);
  }

  @Test
  void aToolCanAskForWhatTheClientCanDo() {
    FakeClient client =
        rig.modern(
            "tools/call",
            "{'name':'able','_meta':{'io.modelcontextprotocol/clientCapabilities':{'sampling':{}}}}");
    assertThat(client.json().at("/result/inputRequests").fieldNames())
        .toIterable()
        .containsExactly("joke");
  }

  @Test
  void onlyWhatCanBeAskedIsAskedIfSomethingElseCanNot() {
    FakeClient client =
        rig.modern(
            "tools/call",
            "{'name':'atOnce','_meta':{'io.modelcontextprotocol/clientCapabilities':{'roots':{}}}}");
    assertThat(client.json().at("/result/inputRequests").fieldNames())
        .toIterable()
        .containsExactly("roots");
  }

  @Test
  void aHandleThatTheClientWasNotToldIsNotKept() {
    state(call("keep", ""));
    assertThat(rig.affinity.hosted("handle-1")).isNull();
  }

  @Test
  void anAnswerWithoutTheAnswerIsNone() {
    String state = state(call("forget", ""));
    assertThat(text(call("forget", with(state, "'roots':{'roots':[]}"))))
        .isEqualTo("without an answer");
  }

  @Test
  void thereIsAnEndToRounds() {
    String state = state(call("greet", ""));
    for (int round = 2; round < 32; round++) {
      state = state(call("greet", with(state, "")));
    }
    assertThat(call("greet", with(state, "")).shown()).isEqualTo("200 -32603");
  }
}
