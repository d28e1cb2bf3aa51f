package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpnode.api.ContentBlock;
import io.mcpnode.api.ResourceLink;
import io.mcpnode.api.Role;
import io.mcpnode.api.SampleRequest;
import io.mcpnode.api.SampleResponse;
import io.mcpnode.api.SampleTool;
import io.mcpnode.api.TextContent;
import io.mcpnode.api.ToolContext;
import io.mcpnode.api.ToolResult;
import io.mcpnode.api.ToolUse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client's model that uses tools while it writes, in both eras. */
class SamplingToolsTest {

  private static final String ABLE = "{'sampling':{'tools':{}}}";
  private static final String USE =
      "{'role':'assistant','model':'m','stopReason':'toolUse','content':["
          + "{'type':'text','text':'hm'},{'type':'thinking'},"
          + "{'type':'tool_use','id':'u1','name':'weather','input':{'city':'Oslo','days':[1,2.5]}}]}";
  private static final String END =
      "{'role':'assistant','model':'m','content':{'type':'text','text':'Go to Oslo'}}";
  private static final String FIRST =
      "{'messages':[{'role':'user','content':{'type':'text','text':'Where?'}}],'maxTokens':9,"
          + "'tools':[{'name':'weather','description':'Tomorrow','inputSchema':{'type':'object'}}],"
          + "'toolChoice':{'mode':'required'}}";
  private static final String SECOND_MESSAGES =
      "[{'role':'user','content':{'type':'text','text':'Where?'}},"
          + "{'role':'assistant','content':[{'type':'text','text':'hm'},"
          + "{'type':'tool_use','id':'u1','name':'weather',"
          + "'input':{'city':'Oslo','days':[1,2.5]}}]},"
          + "{'role':'user','content':{'type':'tool_result','toolUseId':'u1','content':["
          + "{'type':'text','text':'rain'},{'type':'resource_link','uri':'a:1','name':'map'}],"
          + "'structuredContent':{'mm':3}}}]";

  private final FakeTool plan =
      FakeTool.of(
          "plan",
          (arguments, call) ->
              ClientRequestsTest.outcome(
                  turn(
                      call,
                      0,
                      SampleRequest.of(9, "Where?")
                          .withTools(
                              SampleRequest.ToolChoice.REQUIRED,
                              SampleTool.of("weather", "Tomorrow", "{\"type\":\"object\"}")))));

  private final FakeTool several =
      FakeTool.of(
          "several",
          (arguments, call) ->
              ClientRequestsTest.outcome(
                  call.sample(
                          "s",
                          SampleRequest.of(9, "a")
                              .with(Role.USER, TextContent.of("b"), TextContent.of("c")))
                      .thenApply(SampleResponse::text)));

  private final FakeTool wrong =
      FakeTool.of(
          "wrong",
          (arguments, call) ->
              ClientRequestsTest.outcome(
                  call.sample(
                          "s", SampleRequest.of(9, "a").withTools(SampleTool.of("x", "y", "[]")))
                      .thenApply(SampleResponse::text)));

  private final Rig rig = new Rig(plan, several, wrong);

  private static CompletableFuture<String> turn(ToolContext call, int turn, SampleRequest request) {
    return call.sample("turn " + turn, request)
        .thenCompose(
            response ->
                response.toolUses().isEmpty()
                    ? CompletableFuture.completedFuture(response.text())
                    : turn(
                        call, turn + 1, request.answering(response, SamplingToolsTest::weather)));
  }

  private static ToolResult weather(ToolUse use) {
    List<ContentBlock> content =
        List.of(TextContent.of("rain"), ResourceLink.builder("map", "a:1").build());
    return new ToolResult(use.id(), content, Optional.of(Map.of("mm", 3)), false);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String response(JsonNode request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + request.get("id")
        + ",\"result\":"
        + result.replace('\'', '"')
        + "}";
  }

  @Test
  void withASessionEachTurnIsARequest() {
    String session = rig.open("2025-11-25", ABLE);
    FakeClient client = rig.post(session, Rig.call(1, "plan", "{}"));
    assertThat(client.events.get(0).path("method").asText()).isEqualTo("sampling/createMessage");
    assertThat(client.events.get(0).path("params")).isEqualTo(json(FIRST));
    rig.post(session, response(client.events.get(0), USE));
    assertThat(client.events.get(1).at("/params/messages")).isEqualTo(json(SECOND_MESSAGES));
    assertThat(client.events.get(1).at("/params/tools/0/name").asText()).isEqualTo("weather");
    rig.post(session, response(client.events.get(1), END));
    assertThat(client.json().at("/result/content/0/text").asText()).isEqualTo("Go to Oslo");
  }

  private FakeClient round(String members) {
    return rig.modern(
        "tools/call",
        "{'name':'plan','_meta':{'io.modelcontextprotocol/clientCapabilities':"
            + ABLE
            + "}"
            + members
            + "}");
  }

  @Test
  void withoutASessionEachTurnIsARound() {
    FakeClient first = round("");
    assertThat(first.json().at("/result/inputRequests/turn 0/params")).isEqualTo(json(FIRST));
    String state = first.json().at("/result/requestState").asText();
    FakeClient second =
        round(",'requestState':'" + state + "','inputResponses':{'turn 0':" + USE + "}");
    assertThat(second.json().at("/result/inputRequests/turn 1/params/messages"))
        .isEqualTo(json(SECOND_MESSAGES));
    state = second.json().at("/result/requestState").asText();
    FakeClient third =
        round(",'requestState':'" + state + "','inputResponses':{'turn 1':" + END + "}");
    assertThat(third.json().at("/result/content/0/text").asText()).isEqualTo("Go to Oslo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "2025-11-25 | {'sampling':{}}",
        "2025-11-25 | {}",
        "2025-06-18 | {'sampling':{'tools':{}}}",
        "2025-03-26 | {'sampling':{'tools':{}}}",
      })
  void aClientWithoutThatCapabilityIsNeverAsked(String revision, String declared) {
    String session = rig.open(revision, declared);
    FakeClient client = rig.post(session, Rig.call(1, "plan", "{}"));
    assertThat(client.events).isEmpty();
    assertThat(client.json().at("/result/content/0/text").asText())
        .isEqualTo("the client does not offer what this tool needs: SAMPLING_TOOLS");
  }

  @Test
  void aClientWithoutASessionIsToldWhatItLacks() {
    FakeClient client =
        rig.modern(
            "tools/call",
            "{'name':'plan','_meta':{'io.modelcontextprotocol/clientCapabilities':"
                + "{'sampling':{}}}}");
    assertThat(client.answer().status()).isEqualTo(400);
    assertThat(client.json().at("/error/code").asInt()).isEqualTo(-32021);
    assertThat(client.json().at("/error/data/requiredCapabilities"))
        .isEqualTo(json("{'sampling':{'tools':{}}}"));
  }

  @ParameterizedTest
  @CsvSource({
    // revision, messages: before 2025-11-25 a message has one block
    "2025-03-26, 3",
    "2025-06-18, 3",
    "2025-11-25, 2",
  })
  void severalBlocksAreOneMessageWhereTheRevisionKnowsThat(String revision, int messages) {
    String session = rig.open(revision, ABLE);
    JsonNode asked =
        rig.post(session, Rig.call(1, "several", "{}")).events.get(0).at("/params/messages");
    assertThat(asked).hasSize(messages);
    assertThat(asked.at("/1/content").isArray()).isEqualTo(messages == 2);
  }

  @Test
  void aSchemaThatIsNoneIsTheToolsFailure() {
    String session = rig.open("2025-11-25", ABLE);
    FakeClient client = rig.post(session, Rig.call(1, "wrong", "{}"));
    assertThat(client.events).isEmpty();
    assertThat(client.json().toString()).contains("error");
  }
}
