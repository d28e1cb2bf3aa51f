package io.mcpnode.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mcpnode.affinity.SimMembership;
import io.mcpnode.affinity.SimNetwork;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.Health;
import io.mcpnode.membership.Member;
import io.mcpnode.membership.Thresholds;
import io.mcpnode.membership.View;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The monitors of three nodes, over a wire that can lose a node. */
class MonitorTest {

  private static final NodeId N1 = new NodeId("n1", 1);
  private static final NodeId N2 = new NodeId("n2", 1);
  private static final NodeId N3 = new NodeId("n3", 1);

  private final Vertx vertx = Vertx.vertx();
  private final SimNetwork network = new SimNetwork(vertx);
  private final Set<NodeId> draining = SimMembership.nobody();
  private final Map<NodeId, SimMembership> members = new HashMap<>();
  private final Map<NodeId, Monitor> monitors = new HashMap<>();
  private final Map<NodeId, MeterRegistry> meters = new HashMap<>();
  private final Map<NodeId, AtomicInteger> calls = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    View view = new View(3, List.of(member(N1), member(N2), member(N3)));
    for (NodeId id : List.of(N1, N2, N3)) {
      members.put(id, new SimMembership(id, view, draining));
      meters.put(id, new SimpleMeterRegistry());
      calls.put(id, new AtomicInteger());
      monitors.put(
          id,
          new Monitor(
              vertx,
              network.on(id),
              members.get(id),
              QuorumGate.OPEN,
              Clock.SYSTEM,
              meters.get(id),
              new Monitor.Settings(Duration.ofMillis(50), 5, new Thresholds(3, 10, 3))));
    }
    startMonitor(N1);
    startMonitor(N2);
  }

  private void startMonitor(NodeId id) throws Exception {
    Sources sources =
        new Sources(
            calls.get(id)::get,
            () -> 1,
            () -> 4,
            () -> RequestTotals.NONE,
            () -> new Replicas(8, 8));
    get(monitors.get(id).start(sources, List.of()));
  }

  private static Member member(NodeId id) {
    return new Member(id, "127.0.0.1", 1, "0.1.0", 0);
  }

  @AfterEach
  void stop() throws Exception {
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private ClusterMonitor.NodeHealth health(NodeId asked, String node, boolean fresh) {
    try {
      return get(monitors.get(asked).health(node, fresh));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private ClusterMonitor.Metrics metrics(NodeId asked) {
    try {
      return get(monitors.get(asked).metrics());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Remembers what it is told. */
  private static final class Reader implements ClusterMonitor.Listener {
    final List<String> messages = new CopyOnWriteArrayList<>();
    final List<String> ids = new CopyOnWriteArrayList<>();

    @Override
    public void gap() {
      messages.add("gap");
    }

    @Override
    public void event(String id, ClusterEvent event) {
      ids.add(id);
      messages.add(event.node() + ": " + event.message());
    }
  }

  @Test
  void everyNodeKnowsHowTheOthersDo() {
    await().until(() -> health(N1, "n2", false).reading() != null);
    ClusterMonitor.NodeHealth n2 = health(N1, "n2", false);
    assertThat(n2.health()).isEqualTo(Health.HEALTHY);
    assertThat(n2.reading().sessions()).isEqualTo(4);
    assertThat(n2.reading().reaches()).containsExactly("n1", "n3");
    assertThat(n2.ageMillis()).isNotNegative();
    await().until(() -> health(N1, "n2", false).history().size() == 5);
    await().until(() -> metrics(N1).replicas().equals(new Replicas(16, 16)));
    assertThat(metrics(N1).sessions()).isEqualTo(8);
  }

  @Test
  void aNodeWithTooMuchWorkIsDegradedEverywhere() {
    Reader reader = new Reader();
    monitors.get(N1).listen(null, 0, reader);
    calls.get(N2).set(10);
    await().until(() -> metrics(N1).count(Health.DEGRADED) == 1);
    assertThat(monitors.get(N1).healthOf(N2)).isEqualTo(Health.DEGRADED);
    await().until(() -> reader.messages.contains("n1: n2 is degraded, was healthy"));
    calls.get(N2).set(9);
    await().until(() -> reader.messages.contains("n1: n2 is healthy, was degraded"));
    assertThat(metrics(N2).count(Health.DEGRADED)).isZero();
  }

  @Test
  void aFreshReadingIsOfNow() {
    await().until(() -> health(N1, "n2", false).reading() != null);
    calls.get(N2).set(7);
    ClusterMonitor.NodeHealth fresh = health(N1, "n2", true);
    assertThat(fresh.reading().calls()).isEqualTo(7);
    assertThat(fresh.rttMicros()).isPositive();
    calls.get(N1).set(3);
    assertThat(health(N1, "n1", true).reading().calls()).isEqualTo(3);
  }

  @Test
  void whoDoesNotAnswerHasMissedAPing() {
    network.crash(N2);
    vertx.setPeriodic(20, timer -> network.gone(N2));
    ClusterMonitor.NodeHealth fresh = health(N1, "n2", true);
    assertThat(fresh.health()).isEqualTo(Health.DEGRADED);
    assertThat(fresh.missedPings()).isEqualTo(1);
    assertThat(fresh.reason()).startsWith("did not answer");
  }

  @Test
  void thresholdsSetAtOneNodeAreInEffectAtAllAlsoAtOneThatJoinsLater() throws Exception {
    Thresholds wanted = new Thresholds(5, 20, 3);
    vertx.setPeriodic(20, timer -> network.gone(N3)); // its monitor has not started
    Thresholds inEffect =
        get(monitors.get(N1).change(now -> new Thresholds(5, 20, now.partition())));
    assertThat(inEffect).isEqualTo(wanted);
    assertThat(monitors.get(N2).thresholds()).isEqualTo(wanted);
    assertThat(monitors.get(N3).thresholds()).isEqualTo(new Thresholds(3, 10, 3));
    startMonitor(N3);
    await().until(() -> monitors.get(N3).thresholds().equals(wanted));
  }

  @Test
  void aThresholdOutOfRangeChangesNothing() {
    assertThatThrownBy(() -> get(monitors.get(N1).change(now -> new Thresholds(0, 1, 1))))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("failedPingThreshold: 0 (expected: 1 to 1000)");
    assertThat(monitors.get(N1).thresholds()).isEqualTo(new Thresholds(3, 10, 3));
  }

  @Test
  void aDeadNodeIsAnEventAnAlertAndUnhealthy() {
    Reader reader = new Reader();
    monitors.get(N1).listen(null, 0, reader);
    members.get(N1).gone(N3, Departure.DIED);
    await().until(() -> metrics(N1).alerts().size() == 1);
    assertThat(metrics(N1).alerts().get(0).message()).startsWith("n3 died");
    assertThat(metrics(N1).nodes()).hasSize(3);
    assertThat(metrics(N1).count(Health.UNHEALTHY)).isEqualTo(1);
    assertThat(metrics(N1).partition()).isNull();
    assertThat(health(N1, "n3", true).isUp()).isFalse();
    assertThat(health(N1, "n3", true).state()).isEqualTo("quarantined");
    assertThat(health(N1, "n3", true).reading()).as("its monitor never started").isNull();
    await()
        .untilAsserted(
            () ->
                assertThat(reader.messages)
                    .contains(
                        "n1: n3 is down: died: its port refuses connections",
                        "n1: n3 died: its port refuses connections"));
    assertThat(meters.get(N1).get("mcp.alerts").tag("type", "node_unhealthy").counter().count())
        .isEqualTo(1);
  }

  @Test
  void anUnreachableNodeIsAPartitionAndOfSoManyInARowAnAlert() {
    members.get(N1).gone(N3, Departure.UNREACHABLE);
    await().until(() -> metrics(N1).partition() != null);
    await()
        .until(
            () ->
                metrics(N1).alerts().stream()
                    .anyMatch(alert -> alert.type() == Alert.Type.PARTITION));
  }

  @Test
  void whoLeavesIsMissedByNobody() {
    Reader reader = new Reader();
    monitors.get(N1).listen(null, 0, reader);
    members.get(N1).gone(N3, Departure.LEFT);
    await().until(() -> reader.messages.contains("n1: n3 is down: left"));
    assertThat(metrics(N1).nodes()).hasSize(2);
    assertThat(metrics(N1).alerts()).isEmpty();
  }

  @Test
  void whatOneNodeDidIsHeardAtTheOthers() {
    Reader reader = new Reader();
    monitors.get(N2).listen(null, 0, reader);
    monitors.get(N1).moves().migrated("k", N1, N2);
    await().until(() -> reader.messages.contains("n1: 1 record moved from n1 to n2"));
    await().until(() -> health(N2, "n1", false).reading() != null);
    draining.add(N1);
    await().until(() -> reader.messages.contains("n2: n1 is draining, was serving"));
  }

  @Test
  void aReaderGoesOnWhereItWas() throws Exception {
    Reader first = new Reader();
    ClusterMonitor.Subscription subscription = get(monitors.get(N1).listen(null, 0, first));
    monitors.get(N1).moves().migrated("a", N1, N2);
    await().until(() -> first.ids.size() == 1);
    subscription.cancel();
    monitors.get(N1).moves().migrated("b", N1, N2);
    Reader witness = new Reader();
    get(monitors.get(N1).listen(null, 0, witness));
    await().until(() -> witness.ids.size() == 1);
    Reader again = new Reader();
    get(monitors.get(N1).listen(first.ids.get(0), 0, again));
    assertThat(again.messages).containsExactly("n1: 1 record moved from n1 to n2");
    assertThat(first.messages).hasSize(1);
    Reader elsewhere = new Reader();
    get(monitors.get(N2).listen(first.ids.get(0), 0, elsewhere));
    assertThat(elsewhere.messages).startsWith("gap");
  }

  @Test
  void thereIsALimitOnReaders() throws Exception {
    for (int i = 0; i < Feed.MAX_LISTENERS; i++) {
      get(monitors.get(N1).listen(null, 0, new Reader()));
    }
    assertThatThrownBy(() -> get(monitors.get(N1).listen(null, 0, new Reader())))
        .cause()
        .isInstanceOfSatisfying(
            WireException.class,
            refusal -> assertThat(refusal.failure()).isEqualTo(Failure.OVERLOADED));
    assertThat(meters.get(N1).get("mcp.refused").tag("limit", "event listeners").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aNodeThatIsNotKnownIsNotFound() {
    assertThatThrownBy(() -> get(monitors.get(N1).health("nobody", false)))
        .hasMessageContaining("node: \"nobody\" (expected: one of [n1, n2, n3])");
  }
}
