package io.mcpnode.affinity;

import static org.awaitility.Awaitility.await;

import io.mcpnode.affinity.SessionAdmin.Placed;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.View;
import io.mcpnode.partition.DeparturesTest;
import io.mcpnode.replication.MemoryStore;
import io.mcpnode.replication.StateStore;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Three nodes over one store and a wire that can lose a node. Each request adds one to a counter in
 * its record.
 */
abstract class ThreeNodes {

  static final NodeId N1 = new NodeId("n1", 1);
  static final NodeId N2 = new NodeId("n2", 1);
  static final NodeId N3 = new NodeId("n3", 1);

  final Vertx vertx = Vertx.vertx();
  final SimNetwork network = new SimNetwork(vertx);
  final MemoryStore store = new MemoryStore("shared");
  final Set<NodeId> draining = SimMembership.nobody();
  final Map<NodeId, SimMembership> members = new HashMap<>();
  final Map<NodeId, AffinityComponent> nodes = new HashMap<>();
  final List<String> executions = new ArrayList<>();
  final FakeSpans spans = new FakeSpans();
  volatile Promise<Void> pause;

  /** The shared store as this node sees it. */
  StateStore storeOf(NodeId node) {
    return store;
  }

  @BeforeEach
  void start() throws Exception {
    View view = DeparturesTest.view(N1, N2, N3);
    for (NodeId id : List.of(N1, N2, N3)) {
      SimMembership membership = new SimMembership(id, view, draining);
      members.put(id, membership);
      AffinityComponent node =
          SimNodes.node(vertx, network, storeOf(id), membership, new SimpleMeterRegistry(), spans);
      nodes.put(id, node);
      get(node.start((hosted, request, reply) -> execute(id, hosted, reply), 1));
    }
  }

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private void execute(NodeId here, Hosted hosted, Reply reply) {
    Promise<Void> wait = pause;
    executions.add(here.name());
    Future<Void> ready = wait == null ? Future.succeededFuture() : wait.future();
    ready.onComplete(
        go -> {
          int next =
              Integer.parseInt(hosted.record().contents().values().getOrDefault("n", "0")) + 1;
          long version = hosted.change(c -> c.with("n", Integer.toString(next))).version();
          hosted
              .copied(version)
              .onComplete(
                  done -> reply.end(Answer.ok(here.name(), Buffer.buffer(Integer.toString(next)))),
                  problem -> reply.fail(WireException.from(problem)));
        });
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  String createOn(NodeId node) throws Exception {
    return get(nodes.get(node).affinity().create(Kind.SESSION, "anonymous", Contents.ofHandle()))
        .record()
        .key();
  }

  Future<Answer> send(NodeId edge, String key, boolean repeatable) {
    Promise<Answer> promise = Promise.promise();
    Span asked = spans.edge("client");
    Request request =
        new Request(Request.Verb.MESSAGE, Buffer.buffer("{}"), "anonymous", null, repeatable);
    nodes
        .get(edge)
        .affinity()
        .dispatch(
            key,
            request,
            new Reply() {
              @Override
              public Future<Void> event(Buffer message) {
                return Future.succeededFuture();
              }

              @Override
              public void end(Answer answer) {
                promise.complete(answer);
              }

              @Override
              public void fail(WireException reason) {
                promise.fail(reason);
              }

              @Override
              public Span span() {
                return asked;
              }

              @Override
              public void onClientGone(Runnable action) {
                // The client stays.
              }
            });
    return promise.future();
  }

  String body(Answer answer) {
    return answer.node() + ":" + answer.body();
  }

  Placed placed(String key) throws Exception {
    return get(nodes.get(N3).admin().one(key));
  }

  void lose(NodeId node, Departure how) {
    for (NodeId other : List.of(N1, N2, N3)) {
      if (!other.equals(node)) {
        members.get(other).gone(node, how);
      }
    }
    network.gone(node);
  }

  static Failure failure(Future<?> future) {
    await().until(future::isComplete);
    return WireException.from(future.cause()).failure();
  }

  void createOn(NodeId node, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      createOn(node);
    }
  }
}
