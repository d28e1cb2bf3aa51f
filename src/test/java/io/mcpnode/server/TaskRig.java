package io.mcpnode.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ElicitField;
import io.mcpnode.api.ElicitRequest;
import io.mcpnode.api.ToolContext;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A node in memory whose tools run as tasks, and clients of both revisions that have tasks. */
final class TaskRig {

  static final int MAX_CALLS = 3;
  static final int MAX_STATE = 300;

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FakeAffinity affinity = new FakeAffinity("n1");
  final FakeLoop loop = new FakeLoop();
  final FakeSpans spans = new FakeSpans();

  /** Calls of most tools, in their order: each answers when the test says so. */
  final List<Promise<ToolOutcome>> running = new ArrayList<>();

  /** With which arguments. */
  final List<ObjectNode> given = new ArrayList<>();

  final List<ToolCall> calls = new ArrayList<>();
  private final Rig around = new Rig();
  final Streams streams = around.streams("n1");
  final McpDispatcher node;

  TaskRig() {
    node =
        new McpDispatcher(
            affinity,
            streams,
            FakeTool.registry(
                List.of(
                    waiting("duty").with(TaskSupport.REQUIRED),
                    waiting("job").with(FakeTool.READ_ONLY).with(TaskSupport.OPTIONAL),
                    waiting("once").with(TaskSupport.OPTIONAL),
                    FakeTool.of("later", TaskRig::askThenGoOn).with(TaskSupport.REQUIRED, true),
                    FakeTool.of("hasty", this::goOnAndEnd).with(TaskSupport.REQUIRED, true),
                    FakeTool.of(
                        "plain", (arguments, call) -> Future.succeededFuture(text("plain"))))),
            "n1",
            new ServerCard("mcp-node", "1.0"),
            new CallLimits(MAX_CALLS, 0),
            MAX_STATE,
            Clock.SYSTEM,
            meters,
            spans,
            new ClusterSecret("cookie"),
            Announcements.NONE,
            loop);
    affinity.executeWith(node);
  }

  /** Asks for a name, becomes a task, asks whether that is sure. */
  private static Future<ToolOutcome> askThenGoOn(ObjectNode arguments, ToolContext call) {
    ElicitRequest who = ElicitRequest.form("Who?", ElicitField.text("name"));
    ElicitRequest sure = ElicitRequest.form("Sure?", ElicitField.yesNo("sure"));
    return Future.fromCompletionStage(
        call.elicit("who", who)
            .thenCompose(
                name ->
                    call.task()
                        .thenCompose(task -> call.elicit("sure", sure))
                        .thenApply(
                            yes -> text(name.text("name").orElse("") + " " + yes.yes("sure")))));
  }

  /** Becomes a task, but does not wait for it. */
  private Future<ToolOutcome> goOnAndEnd(ObjectNode arguments, ToolContext call) {
    calls.add((ToolCall) call);
    if (arguments.isEmpty()) {
      call.task();
    }
    return Future.succeededFuture(text("hasty"));
  }

  private FakeTool waiting(String name) {
    return FakeTool.of(
        name,
        (arguments, call) -> {
          Promise<ToolOutcome> promise = Promise.promise();
          running.add(promise);
          given.add(arguments);
          calls.add((ToolCall) call);
          return promise.future();
        });
  }

  /** Lets time pass for the streams. */
  void pass(Duration time) {
    around.clock.pass(time);
  }

  static ToolOutcome text(String text) {
    return ToolOutcome.text(text);
  }

  /** Opens a session of this revision, as this principal. */
  String open(String revision, String principal) {
    FakeClient client = new FakeClient();
    node.message(
        new ClientRequest(
            ClientRequest.Transport.HTTP,
            Buffer.buffer(
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                    + revision
                    + "\",\"capabilities\":{\"elicitation\":{\"form\":{},\"url\":{}}},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}"),
            null,
            MultiMap.caseInsensitiveMultiMap(),
            principal),
        client);
    return client.answer().sessionId();
  }

  /** A request within a session; single quotes are double ones. */
  FakeClient legacy(String session, String principal, String method, String params) {
    FakeClient client = new FakeClient();
    node.message(
        new ClientRequest(
            ClientRequest.Transport.HTTP,
            Buffer.buffer(message(method, new JsonObject(params.replace('\'', '"')))),
            session,
            MultiMap.caseInsensitiveMultiMap(),
            principal),
        client);
    return client;
  }

  /** Answers a request of the server. */
  FakeClient answer(String session, String principal, String id, String result) {
    FakeClient client = new FakeClient();
    node.message(
        new ClientRequest(
            ClientRequest.Transport.HTTP,
            Buffer.buffer(
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\"," + result.replace('\'', '"') + "}"),
            session,
            MultiMap.caseInsensitiveMultiMap(),
            principal),
        client);
    return client;
  }

  private static String message(String method, JsonObject params) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", 1)
        .put("method", method)
        .put("params", params)
        .encode();
  }

  /** A request of 2026-07-28 by a client that has declared the extension. */
  FakeClient modern(String principal, String method, String params) {
    return modern(principal, method, params, true);
  }

  FakeClient modern(String principal, String method, String params, boolean extension) {
    JsonObject with = new JsonObject(params.replace('\'', '"'));
    JsonObject capabilities = new JsonObject();
    if (extension) {
      capabilities.put("elicitation", new JsonObject());
      capabilities.put(
          "extensions", new JsonObject().put("io.modelcontextprotocol/tasks", new JsonObject()));
    }
    with.put(
        "_meta",
        with.getJsonObject("_meta", new JsonObject())
            .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
            .put("io.modelcontextprotocol/clientCapabilities", capabilities));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    headers.set("MCP-Protocol-Version", "2026-07-28").set("Mcp-Method", method);
    String named = with.getString("name", with.getString("taskId"));
    if (named != null) {
      headers.set("Mcp-Name", named);
    }
    FakeClient client = new FakeClient();
    node.message(
        new ClientRequest(
            ClientRequest.Transport.HTTP,
            Buffer.buffer(Rig.numbers(message(method, with))),
            null,
            headers,
            principal),
        client);
    return client;
  }

  static JsonNode result(FakeClient client) {
    return client.json().path("result");
  }

  static int code(FakeClient client) {
    return client.json().at("/error/code").asInt();
  }

  /** The id of a task that a call of this tool has become, 2026-07-28. */
  String task(String principal, String tool) {
    return result(modern(principal, "tools/call", "{'name':'" + tool + "'}"))
        .path("taskId")
        .asText();
  }

  /** The same, 2025-11-25. */
  String task(String session, String principal, String tool) {
    return result(legacy(session, principal, "tools/call", "{'name':'" + tool + "','task':{}}"))
        .at("/task/taskId")
        .asText();
  }

  JsonNode get(String principal, String task) {
    return result(modern(principal, "tasks/get", "{'taskId':'" + task + "'}"));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The record says that a node ran it which is no more; this node finds it so. */
  void takenOver(String task) {
    FakeAffinity.FakeHosted hosted = affinity.hosted(task);
    NodeId lost = new NodeId("lost", 1);
    affinity.gone.add(lost);
    hosted.change(
        contents -> {
          TaskInfo info = contents.task();
          return contents.with(
              new TaskInfo(
                  info.order(),
                  lost.toString(),
                  info.run(),
                  info.status(),
                  info.updatedAt(),
                  info.inputs(),
                  info.outcome()));
        });
    node.owned(hosted);
  }
}
