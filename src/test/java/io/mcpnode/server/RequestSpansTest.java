package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.FakeSpans.FakeSpan;
import io.mcpnode.wire.Span.Hop;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request leaves behind in a trace: OpenTelemetry's conventions for MCP. */
class RequestSpansTest {

  private static final String IN_HEADER = "00-0af7651916cd43dd8448eb211c80319c-1111111111111111-01";
  private static final String IN_BODY = "00-0af7651916cd43dd8448eb211c80319c-2222222222222222-01";

  private final Rig rig = new Rig();
  private String session;

  @BeforeEach
  void open() {
    session = rig.open("2025-11-25");
    rig.spans.on = true;
  }

  private static MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap().set("traceparent", IN_HEADER);
  }

  private static String withMeta(String traceparent) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
        + "\"arguments\":{\"message\":\"m\"},\"_meta\":{\"traceparent\":\""
        + traceparent
        + "\"}}}";
  }

  private FakeSpan edge() {
    return rig.spans.only(Hop.EDGE);
  }

  @Test
  void aCallIsDescribedByTheConventions() {
    rig.post(session, Rig.call(7, "echo", "{'message':'m'}"));
    assertThat(edge().name).isEqualTo("tools/call echo");
    assertThat(edge().said)
        .containsEntry("mcp.method.name", "tools/call")
        .containsEntry("mcp.session.id", session)
        .containsEntry("gen_ai.tool.name", "echo")
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("jsonrpc.request.id", "7")
        .containsEntry("network.transport", "tcp")
        .containsEntry("network.protocol.name", "http")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("mcpnode.executed", "n1");
    assertThat(edge().error).isNull();
    FakeSpan execute = rig.spans.only(Hop.EXECUTE);
    assertThat(execute.parent).isEqualTo(edge().traceparent);
    assertThat(execute.name).isEqualTo("execute_tool echo");
    assertThat(execute.said)
        .containsEntry("gen_ai.tool.name", "echo")
        .containsEntry("mcp.protocol.version", "2025-11-25")
        .containsEntry("mcp.session.id", session);
    assertThat(rig.spans.begun).hasSize(2).allMatch(span -> span.ended == 1);
  }

  @Test
  void theContextOfTheMessageGoesOverThatOfTheConnection() {
    rig.post(rig.node, Rig.request(session, withMeta(IN_BODY), headers()));
    assertThat(edge().parent).isEqualTo(IN_BODY);
  }

  @Test
  void aContextThatIsNoneIsNoReasonToForgetTheOther() {
    rig.post(rig.node, Rig.request(session, withMeta("nonsense"), headers()));
    assertThat(edge().parent).isEqualTo(IN_HEADER);
  }

  @Test
  void theHeadersOfASocketSayNothingOfItsMessages() {
    rig.post(
        rig.node,
        new ClientRequest(
            ClientRequest.Transport.WEBSOCKET,
            Buffer.buffer(Rig.call(7, "echo", "{}")),
            session,
            headers(),
            "anonymous"));
    assertThat(edge().parent).isNull();
    assertThat(edge().said).containsEntry("network.protocol.name", "websocket");
  }

  @Test
  void aToolSeesTheContextOfItsExecution() {
    rig.post(session, Rig.call(7, "wait", "{}"));
    assertThat(rig.contexts.get(0).traceparent()).contains(rig.spans.only(Hop.EXECUTE).traceparent);
    assertThat(edge().ended).isZero();
    rig.waiting.get(0).complete(ToolOutcome.text("done"));
    assertThat(edge().ended).isEqualTo(1);
  }

  @Test
  void withoutATraceAToolSeesNone() {
    rig.spans.on = false;
    rig.post(rig.node, Rig.request(session, Rig.call(7, "wait", "{}"), headers()));
    assertThat(rig.contexts.get(0).traceparent()).isEmpty();
    assertThat(rig.spans.begun).isEmpty();
  }

  @Test
  void aChangeWaitsForItsCopiesInASpanOfItsOwn() {
    rig.affinity.holdCopies();
    rig.post(session, Rig.call(7, "count", "{}"));
    FakeSpan replicate = rig.spans.only(Hop.REPLICATE);
    assertThat(replicate.parent).isEqualTo(edge().traceparent);
    assertThat(rig.spans.only(Hop.EXECUTE).ended).isEqualTo(1);
    assertThat(replicate.ended).isZero();
    rig.affinity.release();
    assertThat(replicate.ended).isEqualTo(1);
    assertThat(edge().ended).isEqualTo(1);
  }

  @Test
  void aCallThatOnlyReadsReplicatesNothing() {
    rig.post(session, Rig.call(7, "peek", "{}"));
    assertThat(rig.spans.begun).extracting(span -> span.hop).containsExactly(Hop.EDGE, Hop.EXECUTE);
  }

  @Test
  void aLostCopyIsAnError() {
    rig.affinity.failCopies(Failure.NO_QUORUM);
    rig.post(session, Rig.call(7, "count", "{}"));
    assertThat(rig.spans.only(Hop.REPLICATE).error).isEqualTo("no_quorum");
    assertThat(edge().error).isEqualTo("-32010");
  }

  @ParameterizedTest
  @CsvSource({
    "refuse, -32602, -32602",
    "boom, internal, -32603",
  })
  void aFailedCallFailsItsSpans(String tool, String execute, String edge) {
    rig.post(session, Rig.call(7, tool, "{}"));
    assertThat(rig.spans.only(Hop.EXECUTE).error).isEqualTo(execute);
    assertThat(edge().error).isEqualTo(edge);
    assertThat(edge().said).containsEntry("rpc.response.status_code", edge);
  }

  @Test
  void anErrorOfTheToolIsToldAsSuch() {
    rig.post(session, Rig.call(7, "wait", "{}"));
    rig.waiting.get(0).complete(ToolOutcome.failed("no"));
    assertThat(rig.spans.only(Hop.EXECUTE).error).isEqualTo("tool_error");
    assertThat(edge().error).isEqualTo("tool_error");
    assertThat(edge().said).doesNotContainKey("rpc.response.status_code");
  }

  @Test
  void aRefusedMessageIsAnError() {
    rig.post("no-such-session", Rig.call(7, "echo", "{}"));
    assertThat(edge().error).isEqualTo("-32001");
    assertThat(edge().said).containsEntry("http.response.status_code", 404L);
    assertThat(edge().ended).isEqualTo(1);
  }

  @Test
  void whatIsNoMessageIsTracedAsSuch() {
    rig.post(session, "{");
    assertThat(edge().name).isEqualTo("invalid");
    assertThat(edge().error).isEqualTo("-32700");
  }

  @Test
  void aClientsNamesAreCutToASize() {
    rig.post(
        session,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + "m".repeat(10_000) + "\",\"params\":{}}");
    assertThat(edge().name).hasSizeLessThan(200);
  }

  @Test
  void anOpenedSessionIsReplicated() {
    rig.spans.begun.clear();
    String opened = rig.open("2025-11-25");
    assertThat(edge().name).isEqualTo("initialize");
    assertThat(edge().said).containsEntry("mcp.session.id", opened);
    assertThat(rig.spans.only(Hop.REPLICATE).parent).isEqualTo(edge().traceparent);
  }

  @Test
  void anEndedSessionIsTraced() {
    rig.node.end(
        new ClientRequest(
            ClientRequest.Transport.HTTP, Buffer.buffer(), session, headers(), "anonymous"),
        new FakeClient());
    assertThat(edge().name).isEqualTo("DELETE session");
    assertThat(edge().parent).isEqualTo(IN_HEADER);
    assertThat(edge().ended).isEqualTo(1);
  }

  @Test
  void aMintedHandleIsReplicated() {
    rig.modern("tools/call", "{'name':'count','arguments':{}}");
    assertThat(rig.spans.begun)
        .extracting(span -> span.hop)
        .containsExactly(Hop.EDGE, Hop.EXECUTE, Hop.REPLICATE);
    assertThat(edge().name).isEqualTo("tools/call count");
  }

  @Test
  void theMessagesOfABatchShareItsSpan() {
    String old = rig.open("2025-03-26");
    rig.spans.begun.clear();
    rig.post(old, "[" + Rig.call(1, "echo", "{}") + "," + Rig.call(2, "echo", "{}") + "]");
    assertThat(edge().name).isEqualTo("batch");
    assertThat(edge().said).containsEntry("mcpnode.batch.size", 2L);
    assertThat(rig.spans.begun.stream().filter(span -> span.hop == Hop.EXECUTE))
        .hasSize(2)
        .allMatch(span -> span.parent.equals(edge().traceparent) && span.ended == 1);
  }
}
