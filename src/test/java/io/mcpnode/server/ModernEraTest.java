package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpnode.api.McpException;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModernEraTest {

  private final Rig rig = new Rig();

  @Test
  void everyResultSaysWhatItIs() {
    for (FakeClient client :
        new FakeClient[] {
          rig.modern("server/discover", "{}"),
          rig.modern("tools/list", "{}"),
          rig.modern("tools/call", "{'name':'echo','arguments':{'message':'hi'}}")
        }) {
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.answer().sessionId()).isNull();
      JsonNode result = client.json().path("result");
      assertThat(result.path("resultType").asText()).isEqualTo("complete");
      assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/name").asText())
          .isEqualTo("mcp-node");
    }
    assertThat(rig.affinity.dispatched).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/list | {'cursor':'x'} | 200 -32602",
        "tools/call | {} | 200 -32602",
        "tools/call | {'name':'nope'} | 200 -32602",
        "tools/call | {'name':'echo','arguments':7} | 200 -32602",
        "tools/call | {'name':'refuse'} | 200 -32602",
        "tools/call | {'name':'boom'} | 500 -32603",
        "tools/call | {'name':'echo','arguments':{'region':'eu'}} | 400 -32020",
        "tools/call | {'name':'echo','arguments':{'handle':5}} | 200 -32602",
        "tools/call | {'name':'count','arguments':{'handle':'never'}} | 200 -32602",
        "tools/call | {'name':'count','arguments':{'handle':''}} | 200 -32602",
        "tools/call | {'name':'count','arguments':{'handle':'a b'}} | 200 -32602",
        "ping | {} | 404 -32601",
        "resources/list | {} | 404 -32601",
        "prompts/get | {'name':'p'} | 404 -32601",
        "completion/complete | {} | 404 -32601",
        "logging/setLevel | {'level':'info'} | 404 -32601",
        "resources/subscribe | {'uri':'a:b'} | 404 -32601",
      },
      quoteCharacter = '~')
  void mistakesAreAnswered(String method, String params, String expected) {
    assertThat(rig.modern(method, params).shown()).isEqualTo(expected);
  }

  @Test
  void aHeaderThatRepeatsItsArgumentIsFine() {
    ClientRequest request =
        Rig.modern("tools/call", "{'name':'echo','arguments':{'region':'eu'}}", "anonymous");
    request.headers().set("Mcp-Param-Region", "eu");
    assertThat(rig.post(rig.node, request).answer().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "MCP-Protocol-Version, 2026-07-28, 2025-11-25",
    "Mcp-Method, tools/call, tools/list",
    "Mcp-Name, echo, count",
    "Mcp-Param-Region, eu, us"
  })
  void aHeaderThatContradictsItselfContradictsTheBody(String name, String right, String wrong) {
    for (List<String> values : List.of(List.of(right, wrong), List.of(wrong, right))) {
      assertThat(withHeader(name, values).shown()).as(values.toString()).isEqualTo("400 -32020");
    }
    assertThat(withHeader(name, List.of(right, right)).answer().status()).isEqualTo(200);
  }

  private FakeClient withHeader(String name, List<String> values) {
    ClientRequest request =
        Rig.modern("tools/call", "{'name':'echo','arguments':{'region':'eu'}}", "anonymous");
    request.headers().set("Mcp-Param-Region", "eu").set(name, values);
    return rig.post(rig.node, request);
  }

  @Test
  void theFirstChangeMintsAHandleThatWorksFromThenOn() {
    FakeClient first = rig.modern("tools/call", "{'name':'count','arguments':{}}");
    assertThat(text(first)).isEqualTo("1 handle-1");
    FakeClient second =
        rig.modern("tools/call", "{'name':'count','arguments':{'handle':'handle-1'}}");
    assertThat(text(second)).isEqualTo("2 handle-1");
    FakeClient third = rig.modern("tools/call", "{'name':'count','arguments':{'handle':null}}");
    assertThat(text(third)).isEqualTo("1 handle-2");
  }

  @Test
  void aHandleIsKnownToTheClientOnlyWhenItIsSafe() {
    rig.affinity.holdCopies();
    FakeClient client = rig.modern("tools/call", "{'name':'count','arguments':{}}");
    assertThat(client.answered()).isFalse();
    rig.affinity.release();
    assertThat(text(client)).isEqualTo("1 handle-1");
  }

  @ParameterizedTest
  @CsvSource({
    "INDETERMINATE, 200 -32010",
    "NO_QUORUM, 200 -32010",
    "OVERLOADED, 200 -32010",
    "DRAINING, 200 -32010",
    "INTERNAL, 500 -32603"
  })
  void aHandleThatCouldNotBeMadeIsAnError(Failure failure, String expected) {
    rig.affinity.failCreate(failure);
    assertThat(rig.modern("tools/call", "{'name':'count','arguments':{}}").shown())
        .isEqualTo(expected);
  }

  @Test
  void aReaderMintsNothing() {
    assertThat(text(rig.modern("tools/call", "{'name':'peek','arguments':{}}"))).isEqualTo("0");
    assertThat(rig.affinity.newKey(Kind.HANDLE)).isEqualTo("handle-1");
  }

  @Test
  void aForeignHandleAndASessionLookUnknown() {
    rig.modern("tools/call", "{'name':'count','arguments':{}}");
    String session = rig.open("2025-11-25");
    FakeClient foreign =
        rig.post(
            rig.node,
            Rig.modern(
                "tools/call", "{'name':'count','arguments':{'handle':'handle-1'}}", "mallory"));
    FakeClient never = rig.modern("tools/call", "{'name':'count','arguments':{'handle':'x'}}");
    FakeClient other =
        rig.modern("tools/call", "{'name':'count','arguments':{'handle':'" + session + "'}}");
    assertThat(foreign.answer()).isEqualTo(never.answer()).isEqualTo(other.answer());
    assertThat(foreign.shown()).isEqualTo("200 -32602");
    assertThat(foreign.json().at("/error/message").asText()).isEqualTo("unknown handle");
  }

  @Test
  void aHandleOwnedElsewhereIsExecutedThere() {
    rig.modern("tools/call", "{'name':'count','arguments':{}}");
    rig.affinity.ownedElsewhere(rig.dispatcher(rig.affinity, "n2"));
    FakeClient client =
        rig.modern("tools/call", "{'name':'count','arguments':{'handle':'handle-1'}}");
    assertThat(text(client)).isEqualTo("2 handle-1");
    assertThat(client.answer().node()).isEqualTo("n2");
    assertThat(rig.affinity.dispatched).hasSize(1);
    assertThat(text(rig.modern("tools/call", "{'name':'echo','arguments':{'message':'m'}}")))
        .isEqualTo("m");
    assertThat(rig.affinity.dispatched).as("needs no state").hasSize(1);
  }

  @Test
  void aLostOwnerOfAHandleIsTold() {
    rig.affinity.failDispatch(Failure.INDETERMINATE);
    assertThat(rig.modern("tools/call", "{'name':'count','arguments':{'handle':'h'}}").shown())
        .isEqualTo("200 -32010");
  }

  @Test
  void aClientThatGoesAwayCancels() {
    FakeClient client =
        rig.modern("tools/call", "{'name':'wait','arguments':{},'_meta':{'progressToken':1}}");
    rig.contexts.get(0).progress(1, 2, "x");
    client.goAway();
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
    rig.contexts.get(0).progress(2, 2, "x");
    assertThat(client.events).as("nothing more is sent").hasSize(1);
    rig.waiting.get(0).complete(ToolOutcome.text("late"));
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void theSameIdMayBeInFlightTwice() {
    rig.modern("tools/call", "{'name':'wait','arguments':{}}");
    assertThat(rig.modern("tools/call", "{'name':'echo','arguments':{}}").answer().status())
        .isEqualTo(200);
  }

  @Test
  void stateOfAHandleToBeIsBounded() {
    String big = "x".repeat(Rig.MAX_STATE);
    MintedState state = new MintedState(rig.affinity, "anonymous", Rig.MAX_STATE);
    assertThatThrownBy(() -> state.update("k", String.class, old -> big))
        .isInstanceOf(McpException.class);
    assertThat(state.handle()).isEmpty();
    assertThat(state.update("k", String.class, old -> "small")).isEqualTo("small");
    assertThat(state.update("k", String.class, old -> null)).isNull();
    assertThat(state.get("k", String.class)).isEmpty();
  }

  @Test
  void aWebSocketHasNoHeadersToCheck() {
    ClientRequest http =
        Rig.modern("tools/call", "{'name':'echo','arguments':{'region':'eu'}}", "anonymous");
    FakeClient client =
        rig.post(
            rig.node,
            new ClientRequest(
                ClientRequest.Transport.WEBSOCKET,
                http.body(),
                null,
                MultiMap.caseInsensitiveMultiMap(),
                "anonymous"));
    assertThat(client.answer().status()).isEqualTo(200);
  }

  @Test
  void whatCannotBeReadIsAnswered() {
    FakeClient client =
        rig.post(
            rig.node,
            new ClientRequest(
                ClientRequest.Transport.HTTP,
                Buffer.buffer("{"),
                "s",
                MultiMap.caseInsensitiveMultiMap(),
                "anonymous"));
    assertThat(client.shown()).isEqualTo("400 -32700");
    assertThat(client.json().has("id")).isFalse();
  }

  private static String text(FakeClient client) {
    return client.json().at("/result/content/0/text").asText();
  }
}
