package io.mcpnode.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpnode.NodeConfig;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Contract;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Rpc;
import io.mcpnode.wire.Span;
import io.mcpnode.wire.TraceContext;
import io.mcpnode.wire.WireCodec;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three nodes in one process, each with its own wire; one of them may be gone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ClusterTracesTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 1);
  private static final NodeId N3 = new NodeId("n3", 1);
  private static final List<NodeId> ALL = List.of(N1, N2, N3);

  private static final WireCodec CODEC = WireCodec.of(TraceProtocol.V1);

  private final List<Vertx> processes = new ArrayList<>();
  private final Map<NodeId, Rpc> wires = new HashMap<>();
  private final Map<NodeId, TraceComponent> nodes = new HashMap<>();
  private final Set<NodeId> gone = new HashSet<>();
  private Traces traces;

  /** What is asked of another node crosses the network as bytes. */
  private final class Between implements Rpc {
    @Override
    public NodeId self() {
      return N1;
    }

    @Override
    public Exchange open(
        NodeId peer,
        Contract contract,
        WireMessage request,
        Duration timeout,
        Consumer<WireMessage> onEvent) {
      Future<WireMessage> reply =
          gone.contains(peer)
              ? Future.failedFuture(new WireException(Failure.INDETERMINATE, "no answer"))
              : wires
                  .get(peer)
                  .ask(peer, contract, crossed(request), timeout)
                  .map(ClusterTracesTest::crossed);
      return new Exchange() {
        @Override
        public Future<WireMessage> reply() {
          return reply;
        }

        @Override
        public void send(WireMessage message) {
          throw new UnsupportedOperationException();
        }
      };
    }

    @Override
    public void tell(NodeId peer, Contract contract, WireMessage message) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Registration> serve(Contract contract, Consumer<Incoming> handler) {
      throw new UnsupportedOperationException();
    }
  }

  private static WireMessage crossed(WireMessage message) {
    return CODEC.decode(CODEC.encode(message));
  }

  @BeforeEach
  void start() {
    for (NodeId id : ALL) {
      Vertx own = Vertx.vertx();
      processes.add(own);
      BusRpc rpc = new BusRpc(own, id, Clock.SYSTEM, 100, new SimpleMeterRegistry());
      rpc.start().await();
      wires.put(id, rpc);
      TraceComponent node =
          new TraceComponent(
              new NodeConfig.Tracing(true, 0, 100, ""),
              id.name(),
              "1",
              Clock.SYSTEM,
              new SimpleMeterRegistry());
      nodes.put(id, node);
      node.start(own, rpc).await();
    }
    traces = TraceComponent.traces(new Between(), () -> ALL);
  }

  @AfterEach
  void stop() {
    processes.forEach(vertx -> vertx.close().await());
  }

  private Span edge(String traceparent) {
    return nodes.get(N1).spans().edge(traceparent);
  }

  /** A call that enters at n1, is tried at n2, and executed by n3; returns its trace id. */
  private String call() {
    Span edge = edge("00-" + TestSpans.TRACE + "-b7ad6b7169203331-01").name("tools/call add");
    Span route = edge.child(Span.Hop.ROUTE);
    Span lost = route.child(Span.Hop.FORWARD);
    lost.fail(new WireException(Failure.INDETERMINATE, "gone"));
    Span forward = route.child(Span.Hop.FORWARD);
    Span serve = nodes.get(N3).spans().remote(Span.Hop.SERVE, forward.traceparent());
    serve.child(Span.Hop.EXECUTE).end();
    serve.end();
    forward.end();
    route.end();
    edge.end();
    return Objects.requireNonNull(TraceContext.parse(edge.traceparent())).traceId();
  }

  @Test
  void theSpansOfAllNodesAreOneTree() {
    Traces.Trace trace = traces.correlate(call()).await();
    assertThat(trace.missing()).isEmpty();
    assertThat(trace.summary().nodes()).containsExactly("n1", "n3");
    assertThat(trace.summary().spans()).isEqualTo(6);
    assertThat(trace.summary().errors()).isEqualTo(1);
    assertThat(Objects.requireNonNull(trace.tree().span()).name()).isEqualTo("tools/call add");
    assertThat(trace.summary().criticalPath())
        .extracting(TraceSummary.Step::name)
        .containsExactly("tools/call add", "route", "forward", "serve", "execute");
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamedAndTheRestIsShown() {
    String id = call();
    gone.add(N3);
    Traces.Trace trace = traces.correlate(id).await();
    assertThat(trace.missing()).containsExactly("n3");
    assertThat(trace.summary().nodes()).containsExactly("n1");
    assertThat(trace.summary().spans()).isEqualTo(4);
    Traces.Recent recent = traces.recent(10).await();
    assertThat(recent.missing()).containsExactly("n3");
    assertThat(recent.traces()).hasSize(1);
  }

  @Test
  void theNewestTracesOfAllNodesAreListed() {
    String id = call();
    nodes.get(N2).spans().operation(Span.Hop.MIGRATE).end();
    Traces.Recent recent = traces.recent(10).await();
    assertThat(recent.missing()).isEmpty();
    assertThat(recent.traces())
        .extracting(Traces.Overview::root)
        .containsExactly("migrate", "tools/call add");
    Traces.Overview call = recent.traces().get(1);
    assertThat(call.traceId()).isEqualTo(id);
    assertThat(call.nodes()).containsExactly("n1", "n3");
    assertThat(call.spans()).isEqualTo(6);
    assertThat(call.error()).isTrue();
    assertThat(traces.recent(1).await().traces()).hasSize(1);
  }

  @Test
  void aTraceThatNobodyKnowsIsNotFound() {
    assertThatThrownBy(() -> traces.correlate("1".repeat(32)).await())
        .isInstanceOf(WireException.class)
        .hasMessageContaining("not known")
        .extracting(problem -> ((WireException) problem).failure())
        .isEqualTo(Failure.NOT_FOUND);
    gone.add(N2);
    assertThatThrownBy(() -> traces.correlate("1".repeat(32)).await())
        .hasMessageContaining("no answer from n2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0AF7651916CD43DD8448EB211C80319C", "..", "\n"})
  void whatIsNoTraceIdIsInvalid(String id) {
    assertThatThrownBy(() -> traces.correlate(id).await())
        .extracting(problem -> ((WireException) problem).failure())
        .isEqualTo(Failure.INVALID);
  }
}
