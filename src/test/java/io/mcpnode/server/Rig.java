package io.mcpnode.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.api.McpException;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.server.input.Seal;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A node in memory with a few tools, and a client of it. */
final class Rig {

  static final int MAX_CALLS = 3;
  static final int MAX_STATE = 100;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FakeAffinity affinity = new FakeAffinity("n1");
  final List<Promise<ToolOutcome>> waiting = new ArrayList<>();
  final List<ToolContext> contexts = new ArrayList<>();
  final FakeSpans spans = new FakeSpans();
  final FakeLoop loop = new FakeLoop();
  final FakeNet net = new FakeNet();
  final FakeNet.FakeClock clock = new FakeNet.FakeClock();
  final Set<String> used = new HashSet<>();
  final McpDispatcher node;

  /** Of one client, for nodes that are made later; 0: as many as they want. */
  int perSecond;

  Rig() {
    node = dispatcher(affinity, "n1");
    affinity.executeWith(node);
  }

  /** With other tools. */
  Rig(FakeTool... tools) {
    node = dispatcher(affinity, "n1", List.of(tools));
    affinity.executeWith(node);
  }

  McpDispatcher dispatcher(FakeAffinity affinity, String name) {
    return dispatcher(affinity, name, tools());
  }

  /** A node of the same cluster: it has the secret and remembers what was used. */
  Streams streams(String name) {
    NodeId id = new NodeId(name, 1);
    Streams streams =
        new Streams(
            net.rpc(id),
            net.membership(id),
            new Seal("secret".toCharArray(), clock, new SecureRandom()),
            key -> Future.succeededFuture(used.add(key)),
            clock,
            meters);
    net.add(id, streams);
    return streams;
  }

  Streams streamsOf(String name) {
    return net.streams(new NodeId(name, 1));
  }

  private List<FakeTool> tools() {
    return List.of(
        FakeTool.of("boom", (arguments, call) -> Future.failedFuture(new IllegalStateException())),
        FakeTool.of(
            "count",
            (arguments, call) -> {
              int value = call.state().update("n", Integer.class, old -> old == null ? 1 : old + 1);
              return Future.succeededFuture(
                  ToolOutcome.text(value + call.state().handle().map(h -> " " + h).orElse("")));
            }),
        FakeTool.of(
                "echo",
                (arguments, call) ->
                    Future.succeededFuture(ToolOutcome.text(arguments.path("message").asText())))
            .with(FakeTool.READ_ONLY),
        FakeTool.of(
            "peek",
            (arguments, call) ->
                Future.succeededFuture(
                    ToolOutcome.text("" + call.state().get("n", Integer.class).orElse(0)))),
        FakeTool.of(
            "refuse",
            (arguments, call) -> {
              throw new McpException(-32602, "not so");
            }),
        FakeTool.of(
            "wait",
            (arguments, call) -> {
              Promise<ToolOutcome> promise = Promise.promise();
              waiting.add(promise);
              contexts.add(call);
              return promise.future();
            }),
        FakeTool.of(
            "whoami",
            (arguments, call) ->
                Future.succeededFuture(
                    ToolOutcome.text(
                        String.join(
                            " ",
                            call.node(),
                            call.owner(),
                            "" + call.epoch(),
                            call.sessionId().orElse("-"),
                            call.principal(),
                            call.protocolVersion())))));
  }

  McpDispatcher dispatcher(FakeAffinity affinity, String name, List<FakeTool> tools) {
    Streams streams = streams(name);
    return new McpDispatcher(
        affinity,
        streams,
        FakeTool.registry(tools),
        name,
        new ServerCard("mcp-node", "1.0"),
        new CallLimits(MAX_CALLS, perSecond),
        MAX_STATE,
        clock,
        meters,
        spans,
        new ClusterSecret("cookie"),
        streams.announcements(),
        loop);
  }

  FakeClient post(McpDispatcher at, ClientRequest request) {
    FakeClient client = new FakeClient();
    at.message(request, client);
    return client;
  }

  /** Posts within a session, as anonymous. */
  FakeClient post(String session, String body) {
    return post(node, request(session, body, MultiMap.caseInsensitiveMultiMap()));
  }

  static ClientRequest request(String session, String body, MultiMap headers) {
    return new ClientRequest(
        ClientRequest.Transport.HTTP, Buffer.buffer(body), session, headers, "anonymous");
  }

  /** A text such as {@code #1e999} becomes that number, which the JSON of this rig would round. */
  static String numbers(String body) {
    return body.replaceAll("\"#([0-9.eE+-]+)\"", "$1");
  }

  /** A request of 2026-07-28 with all that belongs to it. */
  static ClientRequest modern(String method, String params, String principal) {
    JsonObject with = new JsonObject(params.replace('\'', '"'));
    JsonObject meta = with.getJsonObject("_meta", new JsonObject());
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    if (!meta.containsKey("io.modelcontextprotocol/clientCapabilities")) {
      meta.put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
    }
    with.put("_meta", meta);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("MCP-Protocol-Version", "2026-07-28").set("Mcp-Method", method);
    if (with.containsKey("name")) {
      headers.set("Mcp-Name", with.getString("name"));
    }
    String body =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", method)
            .put("params", with)
            .encode();
    return new ClientRequest(
        ClientRequest.Transport.HTTP, Buffer.buffer(numbers(body)), null, headers, principal);
  }

  FakeClient modern(String method, String params) {
    return post(node, modern(method, params, "anonymous"));
  }

  /** Opens a session of this revision, as anonymous. */
  String open(String revision) {
    return initialize(revision, "{\"roots\":{}}");
  }

  /** Opens a session whose client is ready for requests. */
  String open(String revision, String capabilities) {
    String session = initialize(revision, capabilities);
    initialized(session);
    return session;
  }

  void initialized(String session) {
    FakeClient client =
        post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(client.shown()).isEqualTo("202");
  }

  /** Opens a session whose client has not said yet that it is ready. */
  String initialize(String revision, String capabilities) {
    FakeClient client =
        post(
            null,
            "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + revision
                + "\",\"capabilities\":"
                + capabilities.replace('\'', '"')
                + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}");
    assertThat(client.answer().status()).isEqualTo(200);
    assertThat(client.json().at("/result/protocolVersion").asText()).isEqualTo(revision);
    return client.answer().sessionId();
  }

  static String call(Object id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments.replace('\'', '"')
        + "}}";
  }

  static String text(String text) {
    return "200 {\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}";
  }
}
