package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.protocol.RequestId;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different on a socket, where many messages share one connection. */
class SocketTest {

  private static final String META = "'_meta':{'io.modelcontextprotocol/protocolVersion':'%s'}";

  private final Rig rig = new Rig();
  private final Map<RequestId, FakeClient> connection = new HashMap<>();

  private FakeClient send(String session, String message) {
    FakeClient client = new FakeClient();
    client.connection = connection;
    rig.node.message(
        new ClientRequest(
            ClientRequest.Transport.WEBSOCKET,
            Buffer.buffer(message.replace('\'', '"')),
            session,
            MultiMap.caseInsensitiveMultiMap(),
            "anonymous"),
        client);
    return client;
  }

  private FakeClient modern(String method, String params) {
    return send(null, Rig.modern(method, params, "anonymous").body().toString());
  }

  private static String notification(String method, String params) {
    return "{'jsonrpc':'2.0','method':'" + method + "','params':{" + params + "}}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026-07-28"})
  void aClientTakesBackItsCall(String claimed) {
    FakeClient call = modern("tools/call", "{'name':'wait'}");
    String claim = claimed.isEmpty() ? "" : "," + META.formatted(claimed);
    FakeClient other =
        send(null, notification("notifications/cancelled", "'requestId':'1'" + claim));
    assertThat(other.answer().body()).isNull();
    assertThat(rig.contexts.get(0).isCancelled()).as("by an id of another type").isFalse();
    FakeClient cancel =
        send(null, notification("notifications/cancelled", "'requestId':1" + claim));
    assertThat(cancel.shown()).isEqualTo("202");
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
    assertThat(call.events).isEmpty();
  }

  @Test
  void aClientEndsItsSubscription() {
    FakeClient client =
        modern("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
    send(null, notification("notifications/cancelled", "'requestId':1"));
    rig.streamsOf("n1").announcements().toolsChanged();
    assertThat(client.events).hasSize(1);
    assertThat(rig.meters.get("mcp.listeners").gauge().value()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jsonrpc':'2.0','id':1,'method':'tools/list'}",
        "[{'jsonrpc':'2.0','id':1,'method':'ping'}]",
      })
  void aMessageBeforeInitializeIsToldSo(String message) {
    FakeClient client = send(null, message);
    assertThat(client.shown()).isEqualTo("400 -32000");
    assertThat(client.answer().body().toString())
        .contains("expected: initialize before anything else")
        .doesNotContain("Mcp-Session-Id");
  }

  @Test
  void aCallOfASessionIsCancelledThereWhateverElseHasItsId() {
    String session = rig.open("2025-11-25");
    FakeClient call = send(session, Rig.call(1, "wait", "{}"));
    send(session, notification("notifications/cancelled", "'requestId':1"));
    assertThat(rig.contexts.get(0).isCancelled()).isTrue();
    assertThat(call.answer().body()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'jsonrpc':'2.0','method':'notifications/initialized'}",
        "{'jsonrpc':'2.0','method':'notifications/x','params':{'_meta':"
            + "{'io.modelcontextprotocol/protocolVersion':'v9'}}}",
        "{'jsonrpc':'2.0','id':7,'result':{}}",
      })
  void whatIsNoRequestIsNotAnswered(String message) {
    for (String session : new String[] {null, "Snone"}) {
      assertThat(send(session, message).answer().body()).isNull();
    }
  }
}
