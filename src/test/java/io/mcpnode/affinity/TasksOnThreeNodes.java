package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpnode.api.ToolContext;
import io.mcpnode.feature.FeatureRegistry;
import io.mcpnode.feature.FeatureSet;
import io.mcpnode.feature.Tool;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.View;
import io.mcpnode.partition.DeparturesTest;
import io.mcpnode.protocol.ServerCard;
import io.mcpnode.protocol.TaskSupport;
import io.mcpnode.protocol.ToolDescriptor;
import io.mcpnode.protocol.ToolOutcome;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.server.CallLimits;
import io.mcpnode.server.ClientReply;
import io.mcpnode.server.ClientRequest;
import io.mcpnode.server.ClusterSecret;
import io.mcpnode.server.Loop;
import io.mcpnode.server.McpDispatcher;
import io.mcpnode.server.Streams;
import io.mcpnode.server.input.Seal;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.NodeId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three nodes over one store, with tools that run until the test ends them. */
abstract class TasksOnThreeNodes {

  static final NodeId N1 = new NodeId("n1", 1);
  static final NodeId N2 = new NodeId("n2", 1);
  static final NodeId N3 = new NodeId("n3", 1);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A call of a tool that runs until the test ends it. */
  record Running(NodeId node, ToolContext call, Promise<ToolOutcome> end) {}

  final Vertx vertx = Vertx.vertx();
  final SimNetwork network = new SimNetwork(vertx);
  final MemoryStore store = new MemoryStore("shared");
  final Set<NodeId> draining = SimMembership.nobody();
  final Map<NodeId, SimMembership> members = new HashMap<>();
  final Map<NodeId, AffinityComponent> nodes = new HashMap<>();
  final Map<NodeId, McpDispatcher> servers = new HashMap<>();
  final List<Running> running = new CopyOnWriteArrayList<>();
  final FakeSpans spans = new FakeSpans();

  @BeforeEach
  void start() throws Exception {
    View view = DeparturesTest.view(N1, N2, N3);
    for (NodeId id : List.of(N1, N2, N3)) {
      SimMembership membership = new SimMembership(id, view, draining);
      members.put(id, membership);
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      AffinityComponent node = SimNodes.node(vertx, network, store, membership, meters, spans);
      Streams streams =
          new Streams(
              network.on(id),
              membership,
              new Seal("secret".toCharArray(), Clock.SYSTEM, new SecureRandom()),
              key -> Future.succeededFuture(true),
              Clock.SYSTEM,
              meters);
      McpDispatcher server =
          new McpDispatcher(
              node.affinity(),
              streams,
              tools(id),
              id.name(),
              new ServerCard("mcp-node", "1"),
              new CallLimits(100, 0),
              10_000,
              Clock.SYSTEM,
              meters,
              spans,
              new ClusterSecret("cookie"),
              streams.announcements(),
              loop());
      nodes.put(id, node);
      servers.put(id, server);
      get(node.start(server, 1));
      get(streams.start(vertx));
    }
  }

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private Loop loop() {
    return new Loop() {
      @Override
      public void run(Runnable action) {
        vertx.runOnContext(go -> action.run());
      }

      @Override
      public void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
      }
    };
  }

  private FeatureRegistry tools(NodeId node) {
    List<Tool> tools =
        List.of(
            tool(node, "job", new ToolDescriptor.Hints(true, null, null, null)),
            tool(node, "once", ToolDescriptor.Hints.NONE));
    FeatureSet set = new FeatureSet(tools, List.of(), List.of(), List.of(), Map.of());
    return new FeatureRegistry() {
      @Override
      public FeatureSet current() {
        return set;
      }

      @Override
      public boolean changeable() {
        return true;
      }

      @Override
      public void listen(Listener listener) {
        // Nothing changes.
      }
    };
  }

  private Tool tool(NodeId node, String name, ToolDescriptor.Hints hints) {
    ToolDescriptor descriptor =
        new ToolDescriptor(
            name,
            null,
            name,
            JsonNodeFactory.instance.objectNode().put("type", "object"),
            null,
            hints,
            TaskSupport.OPTIONAL,
            false);
    return new Tool() {
      @Override
      public ToolDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public String handleArgument() {
        return null;
      }

      @Override
      public Future<ToolOutcome> call(ObjectNode arguments, ToolContext context) {
        Running call = new Running(node, context, Promise.promise());
        running.add(call);
        return call.end().future();
      }
    };
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.SECONDS);
  }

  /** A request of 2026-07-28, with the extension. */
  Future<JsonNode> modern(NodeId at, String method, JsonObject params) {
    Client client = new Client();
    modern(at, method, params, client);
    return client.answer.future();
  }

  private void modern(NodeId at, String method, JsonObject params, Client client) {
    params.put(
        "_meta",
        new JsonObject(
            "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":"
                + "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}"));
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .set("MCP-Protocol-Version", "2026-07-28")
            .set("Mcp-Method", method);
    String name = params.getString("name", params.getString("taskId"));
    if (name != null) {
      headers.set("Mcp-Name", name);
    }
    send(at, method, params, null, headers, client);
  }

  Future<JsonNode> legacy(NodeId at, String session, String method, String params) {
    return client(at, session, method, params).answer.future();
  }

  /** The client of a request within a session. */
  Client client(NodeId at, String session, String method, String params) {
    Client client = new Client();
    JsonObject json = new JsonObject(params.replace('\'', '"'));
    send(at, method, json, session, MultiMap.caseInsensitiveMultiMap(), client);
    return client;
  }

  /** A client of one request: what it hears, and the answer. */
  static final class Client implements ClientReply {
    private final Promise<JsonNode> answer = Promise.promise();
    private final List<Runnable> whenGone = new CopyOnWriteArrayList<>();
    final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private volatile boolean reads;

    private static ObjectNode json(Buffer message) {
      try {
        return (ObjectNode) MAPPER.readTree(message.getBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Future<Void> event(Buffer message) {
      heard.add(json(message));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> event(Buffer message, String id) {
      reads = true;
      return message.length() == 0 ? Future.succeededFuture() : event(message);
    }

    @Override
    public void end(Answer end) {
      answer.complete(json(end.body()).put("session", end.sessionId()));
    }

    @Override
    public void onClientGone(Runnable action) {
      whenGone.add(action);
    }

    void goAway() {
      whenGone.forEach(Runnable::run);
    }

    /** The statuses of a task that it has heard of. */
    List<String> statuses(String task) {
      return heard.stream()
          .map(message -> message.path("params"))
          .filter(params -> params.path("taskId").asText().equals(task))
          .map(params -> params.path("status").asText())
          .toList();
    }
  }

  private void send(
      NodeId at,
      String method,
      JsonObject params,
      String session,
      MultiMap headers,
      Client client) {
    String body =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", method)
            .put("params", params)
            .encode();
    servers.get(at).message(request(body, session, headers), client);
  }

  private static ClientRequest request(String body, String session, MultiMap headers) {
    return new ClientRequest(
        ClientRequest.Transport.HTTP, Buffer.buffer(body), session, headers, "anonymous");
  }

  /** A client of 2026-07-28 that hears of this task. */
  Client listen(NodeId at, String task) {
    Client client = new Client();
    modern(
        at,
        "subscriptions/listen",
        new JsonObject().put("notifications", new JsonObject().put("taskIds", List.of(task))),
        client);
    return client;
  }

  /** A client that reads the news of its session; the owner knows it. */
  Client news(NodeId at, String session) {
    Client client = new Client();
    servers.get(at).stream(request("", session, MultiMap.caseInsensitiveMultiMap()), client);
    await().until(() -> client.reads);
    return client;
  }

  String task(NodeId at, String tool) throws Exception {
    JsonNode answer = get(modern(at, "tools/call", new JsonObject().put("name", tool)));
    assertThat(answer.at("/result/resultType").asText()).as(answer.toString()).isEqualTo("task");
    return answer.at("/result/taskId").asText();
  }

  JsonNode task(String task, NodeId at) throws Exception {
    return get(modern(at, "tasks/get", new JsonObject().put("taskId", task)));
  }

  String status(String task, NodeId at) throws Exception {
    return task(task, at).at("/result/status").asText();
  }

  SessionAdmin.Placed placed(String key, NodeId at) throws Exception {
    return get(nodes.get(at).admin().one(key));
  }

  void awaitRunning(int count) {
    await().until(() -> running.size() == count);
  }

  void lose(NodeId node) {
    network.crash(node);
    for (NodeId other : List.of(N1, N2, N3)) {
      if (!other.equals(node)) {
        members.get(other).gone(node, Departure.DIED);
      }
    }
    network.gone(node);
  }

  static ToolOutcome text(String text) {
    return ToolOutcome.text(text);
  }

  String session(NodeId at) throws Exception {
    return get(legacy(
            at,
            null,
            "initialize",
            "{'protocolVersion':'2025-11-25','capabilities':{},"
                + "'clientInfo':{'name':'c','version':'1'}}"))
        .path("session")
        .asText();
  }
}
