package io.mcpnode.membership;

import static io.mcpnode.membership.TestNodes.await;
import static io.mcpnode.membership.TestNodes.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mcpnode.NodeConfig.SplitBrainStrategy;
import io.mcpnode.membership.ClusterStatus.NodeStatus;
import io.mcpnode.partition.PartitionWatch;
import io.mcpnode.partition.Partitions;
import io.mcpnode.partition.QuorumLease;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Contract;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.mcpnode.wire.WireMessage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The story of one real cluster of three nodes; the last of them dies, the second leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterNodeTest {

  record Question(String what) implements WireMessage {}

  record Part(String what) implements WireMessage {}

  private static final Contract V1 = Contract.of("story", 1, Question.class, Part.class);
  private static final Contract V2 = Contract.of("story", 2, Question.class, Part.class);
  private static final String COOKIE = "secret";

  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<QuorumLease> leases = new ArrayList<>();
  private final int port = freePort();

  @BeforeAll
  void threeNodesForm() {
    nodes.add(await(TestNodes.start("n1", port, COOKIE, port)));
    Future<ClusterNode> second = TestNodes.start("n2", freePort(), COOKIE, port);
    Future<ClusterNode> third = TestNodes.start("n3", freePort(), COOKIE, port);
    nodes.add(await(second));
    nodes.add(await(third));
    for (ClusterNode node : nodes) {
      leases.add(
          await(
              QuorumLease.start(
                  node.vertx(),
                  node.rpc(),
                  node.membership(),
                  TestNodes.config(0, COOKIE).cluster(),
                  Clock.SYSTEM,
                  new SimpleMeterRegistry())));
    }
    eventually(
        () -> {
          for (ClusterNode node : nodes) {
            assertThat(node.membership().view().members()).hasSize(3);
          }
        });
  }

  @AfterAll
  void stop() {
    for (ClusterNode node : nodes) {
      await(node.close().otherwiseEmpty());
    }
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  @Test
  @Order(1)
  void theirViewsAgree() {
    View view = nodes.get(0).membership().view();
    assertThat(view.members().get(0).id()).isEqualTo(nodes.get(0).membership().self());
    eventually(
        () -> {
          assertThat(nodes.get(1).membership().view()).isEqualTo(view);
          assertThat(nodes.get(2).membership().view()).isEqualTo(view);
        });
  }

  @Test
  @Order(1)
  void theySoonAgreeWhereAllCopiesAre() {
    eventually(
        () -> {
          for (ClusterNode node : nodes) {
            HazelcastMembership membership = (HazelcastMembership) node.membership();
            assertThat(membership.places()).isNotZero();
            for (NodeId other : membership.hears()) {
              assertThat(membership.detector().pulse(other).still()).as("of %s", other).isTrue();
            }
          }
        });
  }

  @Test
  @Order(2)
  void heartbeatsTellLoadStateAndRoundTrip() {
    nodes.get(1).load(() -> 42);
    nodes.get(1).draining(true);
    Membership first = nodes.get(0).membership();
    eventually(
        () -> {
          assertThat(first.isDraining(nodes.get(1).membership().self())).isTrue();
          assertThat(first.load(nodes.get(1).membership().self())).isEqualTo(42);
          assertThat(nodes.get(0).status().status().nodes())
              .extracting(NodeStatus::node, NodeStatus::status, NodeStatus::health)
              .containsExactlyInAnyOrder(
                  tuple("n1", "up", "healthy"),
                  tuple("n2", "up", "healthy"),
                  tuple("n3", "up", "healthy"));
          assertThat(status("n2").rttMicros()).isBetween(1L, 100_000L);
        });
    nodes.get(1).draining(false);
    eventually(() -> assertThat(status("n2").state()).isEqualTo("serving"));
  }

  @Test
  @Order(3)
  void theGatesOpen() {
    eventually(() -> assertThat(leases).allMatch(QuorumLease::isOpen));
  }

  @Test
  @Order(4)
  void aRequestIsAnsweredByAnotherNodeWithEventsInOrder() {
    await(
        nodes
            .get(1)
            .rpc()
            .serve(
                V1,
                incoming -> {
                  for (int i = 0; i < 100; i++) {
                    incoming.event(new Part("p" + i));
                  }
                  incoming.reply(new Part("end"));
                }));
    List<WireMessage> events = new CopyOnWriteArrayList<>();
    WireMessage reply =
        await(
            nodes
                .get(0)
                .rpc()
                .open(
                    nodes.get(1).membership().self(),
                    V1,
                    new Question("?"),
                    Duration.ofSeconds(5),
                    events::add)
                .reply());
    assertThat(reply).isEqualTo(new Part("end"));
    assertThat(events).hasSize(100).startsWith(new Part("p0")).endsWith(new Part("p99"));
  }

  /** As a partition could leave it behind; the audit runs every five seconds. */
  @Test
  @Order(4)
  void anAddressThatTheClusterLostIsRegisteredAgain() {
    NodeId second = nodes.get(1).membership().self();
    await(nodes.get(1).rpc().serve(V2, incoming -> incoming.reply(new Part("here"))));
    nodes.get(0).hazelcast().getMultiMap("__vertx.subs").remove(V2.address(second));
    eventually(
        () ->
            assertThat(nodes.get(0).hazelcast().getMultiMap("__vertx.subs").get(V2.address(second)))
                .as("registered again")
                .hasSize(1));
    eventually(
        () ->
            assertThat(
                    await(
                        nodes
                            .get(0)
                            .rpc()
                            .ask(second, V2, new Question("?"), Duration.ofSeconds(2))
                            .otherwise(new Part("nobody"))))
                .isEqualTo(new Part("here")));
  }

  @Test
  @Order(4)
  void everyNodeSeesThatTheClusterIsWhole() {
    for (int i = 0; i < nodes.size(); i++) {
      ClusterNode node = nodes.get(i);
      PartitionWatch watch =
          await(
              PartitionWatch.start(
                  node.vertx(),
                  node.membership(),
                  leases.get(i),
                  TestNodes.config(0, COOKIE).cluster(),
                  () -> Partitions.Merged.NOTHING,
                  Clock.SYSTEM));
      eventually(
          () -> {
            Partitions.Report report = await(watch.report());
            assertThat(report.verdict()).isEqualTo("whole");
            assertThat(report.groups()).containsExactly(List.of("n1", "n2", "n3"));
            assertThat(report.sees()).containsEntry("n1", List.of("n2", "n3"));
          });
      assertThat(await(watch.resolve(SplitBrainStrategy.OLDEST_NODE, false)).applied()).isFalse();
      assertThatThrownBy(() -> await(watch.resolve(SplitBrainStrategy.CONFIGURED_MASTER, true)))
          .hasMessageContaining("cluster.masterNode");
      await(watch.close());
    }
  }

  @Test
  @Order(6)
  void aNodeWithANameThatIsTakenIsRefused() {
    assertThatThrownBy(() -> await(TestNodes.start("n2", freePort(), COOKIE, port)))
        .isInstanceOf(JoinRefusedException.class)
        .hasMessageStartingWith("node.name: \"n2\" is taken by the node at 127.0.0.1:");
    assertThat(nodes.get(0).membership().view().members()).hasSize(3);
  }

  @Test
  @Order(5)
  void aNodeWithAnotherCookieIsRefusedAndDisturbsNobody() {
    View before = nodes.get(0).membership().view();
    assertThatThrownBy(() -> await(TestNodes.start("n9", freePort(), "wrong", port)))
        .isInstanceOf(JoinRefusedException.class)
        .hasMessage(
            "cluster.cookie: the node at 127.0.0.1:"
                + port
                + " belongs to a cluster with another cookie");
    assertThat(nodes.get(0).membership().view()).isEqualTo(before);
  }

  @Test
  @Order(7)
  void aNodeWhosePortIsTakenIsRefused() {
    assertThatThrownBy(() -> await(TestNodes.start("n9", port, COOKIE)))
        .isInstanceOf(JoinRefusedException.class)
        .hasMessageStartingWith("cluster port 127.0.0.1:" + port);
  }

  @Test
  @Order(8)
  void aMemberThatDiesIsToldAtOnceAndItsRequestsFail() {
    ClusterNode dead = nodes.remove(2);
    leases.remove(2);
    await(dead.rpc().serve(V1, incoming -> {}));
    List<String> gone = new CopyOnWriteArrayList<>();
    AtomicLong at = new AtomicLong();
    nodes
        .get(0)
        .membership()
        .listen(
            new Membership.Listener() {
              @Override
              public void gone(View view, Member member, Departure how) {
                at.set(Clock.SYSTEM.nanos());
                gone.add(member.id().name() + " " + how + " " + view.members().size());
              }
            });
    Future<WireMessage> open =
        nodes
            .get(0)
            .rpc()
            .ask(dead.membership().self(), V1, new Question("?"), Duration.ofMinutes(15));
    long killed = Clock.SYSTEM.nanos();
    dead.hazelcast().getLifecycleService().terminate();
    eventually(() -> assertThat(gone).containsExactly("n3 DIED 2"));
    assertThat(TimeUnit.NANOSECONDS.toMillis(at.get() - killed)).isLessThan(3000);
    assertThatThrownBy(() -> await(open))
        .isInstanceOfSatisfying(
            WireException.class, e -> assertThat(e.failure()).isEqualTo(Failure.INDETERMINATE));
    assertThat(leases).allMatch(QuorumLease::isOpen);
    assertThat(status("n3").reason()).startsWith("died");
    await(dead.vertx().close().otherwiseEmpty());
  }

  @Test
  @Order(9)
  void aNodeThatIsConnectedToLaterJoins() {
    int other = freePort();
    ClusterNode alone = await(TestNodes.start("n4", other, COOKIE));
    nodes.add(alone);
    assertThat(alone.membership().view().members()).hasSize(1);
    List<String> rejoined = new CopyOnWriteArrayList<>();
    alone
        .membership()
        .listen(
            new Membership.Listener() {
              @Override
              public void rejoined(View view) {
                rejoined.add("members " + view.members().size());
              }
            });
    assertThat(await(nodes.get(1).status().connect(List.of("127.0.0.1:" + other))))
        .extracting(ClusterStatus.Connection::result)
        .containsExactly("connecting");
    eventually(
        () -> {
          assertThat(nodes.get(0).membership().view().members()).hasSize(3);
          assertThat(rejoined).containsExactly("members 3");
          assertThat(status("n4").status()).isEqualTo("up");
        });
    assertThatThrownBy(() -> await(nodes.get(0).status().connect(List.of("nonsense"))))
        .hasMessage("\"nonsense\" (expected: host:port)");
  }

  @Test
  @Order(10)
  void connectingToNobodyFails() {
    int nobody = freePort();
    await(nodes.get(0).status().connect(List.of("127.0.0.1:" + nobody)));
    eventually(
        () ->
            assertThat(status("127.0.0.1:" + nobody).reason())
                .isEqualTo("connecting failed: connection refused"));
  }

  @Test
  @Order(11)
  void aNodeThatSaysGoodbyeIsAskedNothingMoreAndHasLeft() {
    ClusterNode leaving = nodes.remove(1);
    leases.remove(1);
    leaving.quarantined(() -> true);
    await(leaving.goodbye());
    Membership others = nodes.get(0).membership();
    NodeId gone = leaving.membership().self();
    eventually(
        () -> {
          assertThat(others.isSuspect(gone)).isTrue();
          assertThat(others.isDraining(gone)).isTrue();
        });
    await(leaving.close());
    eventually(() -> assertThat(status("n2").reason()).isEqualTo("left"));
    assertThat(leases.get(0).isOpen()).isTrue();
  }

  private NodeStatus status(String name) {
    return nodes.get(0).status().status().nodes().stream()
        .filter(node -> node.node().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError(name + " is not in the status"));
  }
}
