package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.affinity.Request;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.wire.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyEraTest {

  private final Rig rig = new Rig();

  private static String message(String members) {
    return "{\"jsonrpc\":\"2.0\"," + members.replace('\'', '"') + "}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
  void aSessionGoesFromInitializeToTheEnd(String revision) {
    String session = rig.open(revision);
    assertThat(rig.post(session, message("'method':'notifications/initialized'")).shown())
        .isEqualTo("202");
    assertThat(rig.affinity.hosted(session).record().contents().session().initialized()).isTrue();
    assertThat(rig.post(session, message("'id':'p','method':'ping'")).shown()).isEqualTo("200 {}");
    assertThat(rig.post(session, Rig.call(1, "echo", "{'message':'hi'}")).shown())
        .isEqualTo(Rig.text("hi"));
    assertThat(
            rig.post(session, message("'id':2,'method':'tools/list'")).json().at("/result/tools"))
        .hasSize(7);
    assertThat(rig.post(session, Rig.call(3, "whoami", "{}")).shown())
        .isEqualTo(Rig.text("n1 n1 1 " + session + " anonymous " + revision));
    FakeClient end = new FakeClient();
    rig.node.end(Rig.request(session, "", MultiMap.caseInsensitiveMultiMap()), end);
    assertThat(end.shown()).isEqualTo("200");
    assertThat(rig.post(session, message("'id':4,'method':'ping'")).shown())
        .isEqualTo("404 -32001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'id':1,'method':'resources/list' | 200 -32601",
        "'id':1,'method':'resources/subscribe','params':{'uri':'a:b'} | 200 -32601",
        "'id':1,'method':'prompts/get','params':{'name':'p'} | 200 -32601",
        "'id':1,'method':'completion/complete' | 200 -32601",
        "'id':1,'method':'logging/setLevel','params':{'level':'error'} | 200 {}",
        "'id':1,'method':'logging/setLevel','params':{'level':'loud'} | 200 -32602",
        "'id':1,'method':'logging/setLevel' | 200 -32602",
        "'id':1,'method':'tools/list','params':{'cursor':7} | 200 -32602",
        "'id':1,'method':'server/discover' | 200 -32601",
        "'id':1,'method':'initialize','params':{'protocolVersion':'2025-11-25'} | 400 -32600",
        "'id':1,'method':'tools/list','params':{'cursor':'x'} | 200 -32602",
        "'id':1,'method':'tools/call' | 200 -32602",
        "'id':1,'method':'tools/call','params':{'name':'nope'} | 200 -32602",
        "'id':1,'method':'tools/call','params':{'name':'echo','arguments':[]} | 200 -32602",
        "'id':1,'method':'tools/call','params':{'name':'refuse'} | 200 -32602",
        "'id':1,'method':'tools/call','params':{'name':'boom'} | 500 -32603",
        "'method':'notifications/roots/list_changed' | 202",
        "'method':'notifications/cancelled','params':{'requestId':99} | 202",
        "'method':'notifications/cancelled' | 202",
        "'id':77,'result':{} | 202",
        "'id':null,'method':'ping' | 400 -32600",
      },
      quoteCharacter = '~')
  void answersWithin(String members, String expected) {
    String session = rig.open("2025-11-25");
    assertThat(rig.post(session, message(members)).shown()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'id':1,'method':'ping' | 400 -32000",
        "'method':'notifications/initialized' | 400 -32000",
        "'id':1,'method':'initialize','params':{} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':5} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','clientInfo':5} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','clientInfo':null} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','clientInfo':{'name':5}} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','clientInfo':{'name':'a','version':[]}} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','capabilities':[]} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','capabilities':{'roots':true}} | 200 -32602",
        "'id':1,'method':'initialize','params':{'protocolVersion':'x','capabilities':{'extensions':[]}} | 200 -32602",
      },
      quoteCharacter = '~')
  void answersWithoutASession(String members, String expected) {
    assertThat(rig.post(null, message(members)).shown()).isEqualTo(expected);
    assertThat(rig.post("", message(members)).shown()).as("empty id").isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'capabilities':{}",
        ",'capabilities':{'roots':{'listChanged':true},'elicitation':{'form':{}},'x':1,'tasks':null}",
        ",'clientInfo':{},'capabilities':{'experimental':{'a':[1]},'y':[{}]}",
        ",'clientInfo':{'name':'a','version':'1','title':5,'icons':[{}],'name2':true}",
      })
  void whatClientsTellOfThemselvesBesidesIsTheirBusiness(String members) {
    String initialize =
        message(
            "'id':1,'method':'initialize','params':{'protocolVersion':'2025-11-25'"
                + members
                + "}");
    assertThat(rig.post(null, initialize).answer().sessionId()).isNotNull();
  }

  @Test
  void aForeignSessionLooksLikeNone() {
    String session = rig.open("2025-11-25");
    Buffer ping = Buffer.buffer(message("'id':1,'method':'ping'"));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    FakeClient foreign =
        rig.post(
            rig.node,
            new ClientRequest(ClientRequest.Transport.HTTP, ping, session, headers, "mallory"));
    FakeClient unknown = rig.post("never", message("'id':1,'method':'ping'"));
    FakeClient implausible = rig.post("ne ver\n", message("'id':1,'method':'ping'"));
    assertThat(foreign.answer()).isEqualTo(unknown.answer()).isEqualTo(implausible.answer());
    assertThat(foreign.shown()).isEqualTo("404 -32001");
    FakeClient end = new FakeClient();
    rig.node.end(
        new ClientRequest(ClientRequest.Transport.HTTP, ping, session, headers, "mallory"), end);
    assertThat(end.shown()).isEqualTo("404 -32001");
    assertThat(rig.affinity.hosted(session)).isNotNull();
  }

  @Test
  void aHandleIsNoSession() {
    rig.modern("tools/call", "{'name':'count','arguments':{}}");
    assertThat(rig.affinity.hosted("handle-1")).isNotNull();
    assertThat(rig.post("handle-1", message("'id':1,'method':'ping'")).shown())
        .isEqualTo("404 -32001");
  }

  @Test
  void theAnswerComesOnlyAfterTheCopies() {
    String session = rig.open("2025-11-25");
    rig.affinity.holdCopies();
    FakeClient client = rig.post(session, Rig.call(1, "count", "{}"));
    assertThat(client.answered()).isFalse();
    FakeClient reader = rig.post(session, Rig.call(2, "peek", "{}"));
    assertThat(reader.answered()).as("it has read what is not copied yet").isFalse();
    FakeClient stateless = rig.post(session, Rig.call(3, "echo", "{'message':'x'}"));
    assertThat(stateless.answered()).as("it depends on nothing").isTrue();
    rig.affinity.release();
    assertThat(client.shown()).isEqualTo(Rig.text("1"));
    assertThat(reader.shown()).isEqualTo(Rig.text("1"));
    assertThat(rig.affinity.hosted(session).awaited).containsExactly(2L, 2L);
  }

  @Test
  void initializedIsAcceptedOnlyAfterTheCopies() {
    String session = rig.open("2025-11-25");
    rig.affinity.holdCopies();
    FakeClient client = rig.post(session, message("'method':'notifications/initialized'"));
    assertThat(client.answered()).isFalse();
    rig.affinity.release();
    assertThat(client.shown()).isEqualTo("202");
  }

  @Test
  void aCallThatWaitsForItsCopiesStillRuns() {
    String session = rig.open("2025-11-25");
    rig.affinity.holdCopies();
    rig.post(session, Rig.call(1, "count", "{}"));
    assertThat(rig.node.runningCalls()).isEqualTo(1);
    assertThat(rig.post(session, Rig.call(1, "echo", "{}")).shown()).isEqualTo("400 -32600");
    rig.affinity.release();
    assertThat(rig.node.runningCalls()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INDETERMINATE, 503 -32603", "NO_QUORUM, 503 -32603"})
  void aNotificationThatMayBeLostIsToBeSentAgain(Failure failure, String expected) {
    String session = rig.open("2025-11-25");
    String note = message("'method':'notifications/initialized'");
    rig.affinity.failCopies(failure);
    assertThat(rig.post(session, note).shown()).isEqualTo(expected);
    rig.affinity.failDispatch(failure);
    assertThat(rig.post("elsewhere", note).shown()).isEqualTo(expected);
    FakeClient end = new FakeClient();
    rig.node.end(Rig.request("elsewhere", "", MultiMap.caseInsensitiveMultiMap()), end);
    assertThat(end.shown()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "INDETERMINATE, 200 -32010",
    "STALE_EPOCH, 200 -32010",
    "NO_QUORUM, 200 -32010",
    "NODE_DOWN, 200 -32010",
    "NOT_FOUND, 404 -32001",
    "INTERNAL, 500 -32603"
  })
  void aChangeThatCouldNotBeCopiedIsAnError(Failure failure, String expected) {
    String session = rig.open("2025-11-25");
    rig.affinity.failCopies(failure);
    FakeClient client = rig.post(session, Rig.call(1, "count", "{}"));
    assertThat(client.shown()).isEqualTo(expected);
    assertThat(client.json().at("/error/data/retryable").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"STALE_EPOCH, 200 -32010", "NO_QUORUM, 503 -32603"})
  void aCallThatMayRunTwiceMayBeSentAgain(Failure failure, String expected) {
    Rig other =
        new Rig(
            FakeTool.of(
                    "look",
                    (arguments, call) -> {
                      call.state().get("n", Integer.class);
                      return Future.succeededFuture(ToolOutcome.text("seen"));
                    })
                .with(FakeTool.READ_ONLY));
    String session = other.open("2025-11-25");
    other.affinity.failCopies(failure);
    assertThat(other.post(session, Rig.call(1, "look", "{}")).shown()).isEqualTo(expected);
  }

  @Test
  void anOwnerThatWasFencedOffWhileTheToolRanIsAnError() {
    String session = rig.open("2025-11-25");
    rig.affinity.hosted(session).failChanges(Failure.STALE_EPOCH);
    FakeClient client = rig.post(session, Rig.call(1, "count", "{}"));
    assertThat(client.shown()).isEqualTo("200 -32010");
    assertThat(client.json().at("/error/data").toString())
        .isEqualTo("{\"retryable\":false,\"executed\":\"unknown\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_FOUND, 404 -32001, 0",
    "NO_QUORUM, 503 -32603, 5",
    "OVERLOADED, 503 -32603, 1",
    "DRAINING, 503 -32603, 1",
    "NODE_DOWN, 503 -32603, 1",
    "NOT_OWNER, 503 -32603, 1",
    "INDETERMINATE, 200 -32010, 0",
    "STALE_EPOCH, 200 -32010, 0",
    "INVALID, 400 -32600, 0",
    "INTERNAL, 500 -32603, 0"
  })
  void everyFailureOfTheClusterHasItsAnswer(Failure failure, String expected, int retryAfter) {
    rig.affinity.failDispatch(failure);
    FakeClient client = rig.post("elsewhere", Rig.call("\"me\"", "count", "{}"));
    assertThat(client.shown()).isEqualTo(expected);
    assertThat(client.json().path("id").asText()).isEqualTo("me");
    assertThat(client.answer().retryAfterSeconds()).isEqualTo(retryAfter);
    assertThat(client.answer().node()).isEqualTo("n1");
  }

  @Test
  void initializeFailsAsTheClusterDoes() {
    rig.affinity.failCreate(Failure.DRAINING);
    FakeClient client =
        rig.post(
            null,
            message("'id':1,'method':'initialize','params':{'protocolVersion':'2025-06-18'}"));
    assertThat(client.shown()).isEqualTo("503 -32603");
    assertThat(client.answer().sessionId()).isNull();
  }

  @Test
  void whatIsOwnedElsewhereIsExecutedThere() {
    String session = rig.open("2025-11-25");
    McpDispatcher owner = rig.dispatcher(rig.affinity, "n2");
    rig.affinity.ownedElsewhere(owner);
    FakeClient client = rig.post(session, Rig.call(1, "whoami", "{}"));
    assertThat(client.shown()).isEqualTo(Rig.text("n2 n1 1 " + session + " anonymous 2025-11-25"));
    assertThat(client.answer().node()).isEqualTo("n2");
    rig.post(session, Rig.call(2, "echo", "{}"));
    rig.post(session, message("'id':3,'method':'ping'"));
    rig.post(session, "[" + Rig.call(4, "echo", "{}") + "," + Rig.call(5, "count", "{}") + "]");
    assertThat(rig.affinity.dispatched)
        .extracting(Request::repeatable)
        .containsExactly(false, true, true, false);
    FakeClient end = new FakeClient();
    rig.node.end(Rig.request(session, "", MultiMap.caseInsensitiveMultiMap()), end);
    assertThat(end.shown()).isEqualTo("200");
  }

  @Test
  void aCallIsCancelledFromAnywhere() {
    String session = rig.open("2025-11-25");
    FakeClient client = rig.post(session, Rig.call("\"c\"", "wait", "{}"));
    Promise<Void> told = Promise.promise();
    rig.contexts.get(0).onCancel(told::complete);
    rig.affinity.ownedElsewhere(rig.node);
    rig.post(session, message("'method':'notifications/cancelled','params':{'requestId':'c'}"));
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
    assertThat(told.future().succeeded()).isTrue();
    assertThat(client.shown()).as("no response").isEqualTo("202");
    assertThat(rig.node.runningCalls()).as("the tool still runs").isEqualTo(1);
    rig.waiting.get(0).complete(ToolOutcome.text("late"));
    assertThat(rig.node.runningCalls()).isZero();
    rig.post(session, message("'method':'notifications/cancelled','params':{'requestId':'c'}"));
  }

  @Test
  void anIntegerIdIsCancelledAsAnInteger() {
    String session = rig.open("2025-11-25");
    rig.post(session, Rig.call(5, "wait", "{}"));
    rig.post(session, message("'method':'notifications/cancelled','params':{'requestId':'5'}"));
    assertThat(rig.contexts.get(0).isCancelled()).isFalse();
    rig.post(session, message("'method':'notifications/cancelled','params':{'requestId':5}"));
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
  }

  @Test
  void aClientThatGoesAwayCancelsNothing() {
    String session = rig.open("2025-11-25");
    FakeClient client = rig.post(session, Rig.call(1, "wait", "{}"));
    client.goAway();
    assertThat(rig.contexts.get(0).isCancelled()).isFalse();
    rig.waiting.get(0).complete(ToolOutcome.text("done"));
    assertThat(client.shown()).isEqualTo(Rig.text("done"));
  }

  @Test
  void theEndOfASessionCancelsItsCalls() {
    String session = rig.open("2025-11-25");
    rig.post(session, Rig.call(1, "wait", "{}"));
    rig.node.end(Rig.request(session, "", MultiMap.caseInsensitiveMultiMap()), new FakeClient());
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
  }

  @Test
  void anIdInFlightIsRefusedAndMayComeBackLater() {
    String session = rig.open("2025-11-25");
    String other = rig.open("2025-11-25");
    rig.post(session, Rig.call(1, "wait", "{}"));
    assertThat(rig.post(session, Rig.call(1, "echo", "{}")).shown()).isEqualTo("400 -32600");
    assertThat(rig.post(session, Rig.call("\"1\"", "echo", "{}")).answer().status()).isEqualTo(200);
    assertThat(rig.post(other, Rig.call(1, "echo", "{}")).answer().status()).isEqualTo(200);
    rig.waiting.get(0).complete(ToolOutcome.text("x"));
    assertThat(rig.post(session, Rig.call(1, "echo", "{}")).shown()).isEqualTo(Rig.text(""));
    assertThat(rig.node.runningCalls()).isZero();
  }

  @Test
  void callsOverTheBoundAreRefusedAndCounted() {
    String session = rig.open("2025-11-25");
    for (int i = 0; i < Rig.MAX_CALLS; i++) {
      rig.post(session, Rig.call(i, "wait", "{}"));
    }
    FakeClient refused = rig.post(session, Rig.call(9, "echo", "{}"));
    assertThat(refused.shown()).isEqualTo("503 -32603");
    assertThat(refused.answer().retryAfterSeconds()).isPositive();
    assertThat(rig.meters.get("mcp.calls.refused").counter().count()).isEqualTo(1);
    assertThat(rig.meters.get("mcp.calls.running").gauge().value()).isEqualTo(Rig.MAX_CALLS);
    rig.waiting.get(0).complete(ToolOutcome.text("x"));
    assertThat(rig.post(session, Rig.call(9, "echo", "{}")).answer().status()).isEqualTo(200);
  }

  @Test
  void progressGrowsAndEndsWithTheCall() {
    String session = rig.open("2025-11-25");
    String call = Rig.call(1, "wait", "{},'_meta':{'progressToken':'t'}");
    FakeClient client = rig.post(session, call);
    var context = rig.contexts.get(0);
    context.progress(1, 10, "one");
    context.progress(1, 10, "again");
    context.progress(0.5, 10, "back");
    context.progress(Double.NaN, 10, "nan");
    context.progress(2, Double.NaN, "");
    client.room = Promise.<Void>promise().future();
    context.progress(3, 10, "sent, and now there is no room");
    context.progress(4, 10, "waits");
    assertThat(client.events).hasSize(3);
    rig.waiting.get(0).complete(ToolOutcome.text("x"));
    context.progress(5, 10, "late");
    assertThat(client.events)
        .extracting(event -> event.at("/params/progress").doubleValue())
        .containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(client.events.get(0).at("/params/progressToken").asText()).isEqualTo("t");
    assertThat(rig.meters.get("mcp.progress.dropped").counter().count()).isZero();
  }

  @Test
  void noProgressWithoutAToken() {
    String session = rig.open("2025-11-25");
    FakeClient client = rig.post(session, Rig.call(1, "wait", "{}"));
    rig.contexts.get(0).progress(1, 2, "x");
    assertThat(client.events).isEmpty();
  }

  @Test
  void aBatchIsAnsweredInOrderWhenItsLastIs() {
    String session = rig.open("2025-03-26");
    FakeClient client =
        rig.post(
            session,
            "["
                + Rig.call(1, "wait", "{}")
                + ","
                + message("'method':'notifications/initialized'")
                + ","
                + Rig.call(2, "echo", "{'message':'b'}")
                + ",7]");
    assertThat(client.answered()).isFalse();
    rig.waiting.get(0).complete(ToolOutcome.text("a"));
    assertThat(client.answer().status()).isEqualTo(200);
    assertThat(client.json()).hasSize(3);
    assertThat(client.json().at("/0/result/content/0/text").asText()).isEqualTo("a");
    assertThat(client.json().at("/1/result/content/0/text").asText()).isEqualTo("b");
    assertThat(client.json().at("/2/error/code").intValue()).isEqualTo(-32600);
    assertThat(client.json().at("/2").has("id")).isFalse();
  }

  @Test
  void aBatchOfNotificationsIsAccepted() {
    String session = rig.open("2025-03-26");
    String note = message("'method':'notifications/initialized'");
    assertThat(rig.post(session, "[" + note + "," + note + "]").shown()).isEqualTo("202");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25"})
  void laterRevisionsHaveNoBatches(String revision) {
    String session = rig.open(revision);
    assertThat(rig.post(session, "[" + message("'id':1,'method':'ping'") + "]").shown())
        .isEqualTo("400 -32600");
  }

  @Test
  void aWebSocketNeedsNoHeaders() {
    String session = rig.open("2025-11-25");
    MultiMap upgrade = MultiMap.caseInsensitiveMultiMap().set("MCP-Protocol-Version", "odd");
    FakeClient client =
        rig.post(
            rig.node,
            new ClientRequest(
                ClientRequest.Transport.WEBSOCKET,
                Buffer.buffer(Rig.call(1, "echo", "{'message':'ws'}")),
                session,
                upgrade,
                "anonymous"));
    assertThat(client.shown()).isEqualTo(Rig.text("ws"));
  }

  @ParameterizedTest
  @CsvSource({"WEBSOCKET, true, 200", "WEBSOCKET, false, 400", "HTTP, true, 404"})
  void aSocketWhoseSessionIsNoMoreMayOpenAnother(
      ClientRequest.Transport transport, boolean ended, int status) {
    String session = rig.open("2025-11-25");
    MultiMap none = MultiMap.caseInsensitiveMultiMap();
    if (ended) {
      rig.node.end(Rig.request(session, "", none), new FakeClient());
    }
    String initialize =
        message("'id':1,'method':'initialize','params':{'protocolVersion':'2025-06-18'}");
    FakeClient client =
        rig.post(
            rig.node,
            new ClientRequest(transport, Buffer.buffer(initialize), session, none, "anonymous"));
    assertThat(client.answer().status()).isEqualTo(status);
    assertThat(client.answer().sessionId() != null).isEqualTo(status == 200);
  }

  @Test
  void anEndWithoutASessionIsABadRequest() {
    FakeClient client = new FakeClient();
    rig.node.end(Rig.request(null, "", MultiMap.caseInsensitiveMultiMap()), client);
    assertThat(client.shown()).isEqualTo("400 -32000");
    FakeClient modern = new FakeClient();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("MCP-Protocol-Version", "2026-07-28");
    rig.node.end(Rig.request("s", "", headers), modern);
    assertThat(modern.answer().status()).isEqualTo(405);
  }

  @Test
  void aCallKeepsItsClientAlive() {
    String session = rig.open("2025-11-25");
    rig.post(session, Rig.call(1, "echo", "{}"));
    assertThat(rig.affinity.hosted(session).inside).isZero();
  }

  @Test
  void aToolThatFailsLaterIsAnswered() {
    String session = rig.open("2025-11-25");
    FakeClient client = rig.post(session, Rig.call(1, "wait", "{}"));
    rig.waiting.get(0).fail(new IllegalStateException("bug"));
    assertThat(client.shown()).isEqualTo("500 -32603");
    assertThat(rig.node.runningCalls()).isZero();
  }
}
