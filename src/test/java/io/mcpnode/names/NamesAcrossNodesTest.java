package io.mcpnode.names;

import static io.mcpnode.membership.TestNodes.await;
import static io.mcpnode.membership.TestNodes.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpnode.membership.ClusterNode;
import io.mcpnode.membership.Departure;
import io.mcpnode.membership.TestNodes;
import io.mcpnode.names.ClusterNames.Hold;
import io.mcpnode.names.ClusterNames.NameDown;
import io.mcpnode.names.ClusterNames.NodeChange;
import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.partition.QuorumGate;
import io.mcpnode.replication.HazelcastStore;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Three nodes of a real cluster; the last of them dies, the second leaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NamesAcrossNodesTest {

  private final List<ClusterNode> nodes = new ArrayList<>();
  private final List<NamesComponent> names = new ArrayList<>();
  private final List<NameDown> downs = new CopyOnWriteArrayList<>();
  private final List<NodeChange> changes = new CopyOnWriteArrayList<>();

  @BeforeAll
  void start() {
    int seed = freePort();
    nodes.add(await(node("n1", seed, seed)));
    Future<ClusterNode> second = node("n2", freePort(), seed);
    Future<ClusterNode> third = node("n3", freePort(), seed);
    nodes.add(await(second));
    nodes.add(await(third));
    for (ClusterNode node : nodes) {
      HazelcastStore store =
          HazelcastStore.ofNames(
              node.vertx(),
              node.hazelcast(),
              ClusterNode::nameOf,
              QuorumGate.OPEN,
              Clock.SYSTEM,
              2);
      NamesComponent component =
          new NamesComponent(
              node.vertx(),
              node.rpc(),
              store,
              node.membership(),
              QuorumGate.OPEN,
              Clock.SYSTEM,
              new SecureRandom(),
              new SimpleMeterRegistry());
      await(component.start());
      names.add(component);
    }
    patiently()
        .until(() -> nodes.stream().allMatch(it -> it.membership().view().members().size() == 3));
  }

  private static Future<ClusterNode> node(String name, int port, int seed) {
    return TestNodes.start(
        name, port, "secret", hazelcast -> HazelcastStore.configure(hazelcast, 2), seed);
  }

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(20));
  }

  @AfterAll
  void stop() {
    for (ClusterNode node : nodes) {
      await(node.close().otherwiseEmpty());
    }
  }

  private NodeId id(int node) {
    return nodes.get(node).membership().self();
  }

  @Test
  @Order(1)
  void ofThreeThatWantANameOneGetsItAndTheOthersAreToldWho() {
    for (int round = 0; round < 30; round++) {
      String name = "contended-" + round;
      List<Future<Hold>> tries = names.stream().map(node -> node.register(name)).toList();
      patiently().until(() -> tries.stream().allMatch(Future::isComplete));
      List<Future<Hold>> won = tries.stream().filter(Future::succeeded).toList();
      assertThat(won).as(name).hasSize(1);
      NodeId winner = id(tries.indexOf(won.get(0)));
      for (int i = 0; i < 3; i++) {
        assertThat(await(names.get(i).whereis(name)).node()).isEqualTo(winner);
        if (tries.get(i).failed()) {
          WireException refusal = (WireException) tries.get(i).cause();
          assertThat(refusal.failure()).isEqualTo(Failure.NOT_OWNER);
          assertThat(refusal.owner()).isEqualTo(winner);
        }
      }
      await(won.get(0).result().release());
    }
  }

  @Test
  @Order(2)
  void aReleasedNameCanBeTakenElsewhereUnderALaterTermAndMonitorsHearOfIt() {
    Hold first = await(names.get(0).register("lead"));
    await(names.get(1).monitor("lead", "on n2", downs::add));
    await(names.get(0).monitor("lead", "on n1", downs::add));
    await(first.release());
    patiently()
        .untilAsserted(
            () ->
                assertThat(downs)
                    .containsExactlyInAnyOrder(
                        new NameDown("on n2", "lead", id(0), Reason.RELEASED),
                        new NameDown("on n1", "lead", id(0), Reason.RELEASED)));
    Hold second = await(names.get(1).register("lead"));
    assertThat(second.term()).isGreaterThan(first.term());
    assertThat(await(names.get(2).whereis("lead")).node()).isEqualTo(id(1));
    downs.clear();
  }

  @Test
  @Order(3)
  void whatANodeHeldThatDiedIsFreeAndEveryoneKnowsWhoAndWhy() {
    await(names.get(2).register("of-the-dead"));
    await(names.get(2).register("never-again"));
    await(names.get(0).monitor("of-the-dead", "a", downs::add));
    await(names.get(1).monitor("of-the-dead", "b", downs::add));
    await(names.get(0).monitorNodes("nodes", changes::add));
    NodeId dead = id(2);
    ClusterNode victim = nodes.remove(2);
    victim.hazelcast().getLifecycleService().terminate();
    patiently()
        .untilAsserted(
            () ->
                assertThat(downs)
                    .containsExactlyInAnyOrder(
                        new NameDown("a", "of-the-dead", dead, Reason.DIED),
                        new NameDown("b", "of-the-dead", dead, Reason.DIED)));
    assertThat(changes).containsExactly(new NodeChange("nodes", dead, Departure.DIED));
    Hold heir = await(names.get(1).register("of-the-dead"));
    assertThat(heir.isHeld()).isTrue();
    assertThat(heir.term()).isEqualTo(2);
    assertThat(await(names.get(0).whereis("never-again"))).isNull();
    await(victim.vertx().close().otherwiseEmpty());
    downs.clear();
  }

  @Test
  @Order(4)
  void aNodeThatLeavesGivesItsNamesBack() {
    await(names.get(0).monitor("of-the-dead", "a", downs::add));
    NodeId leaving = id(1);
    await(nodes.get(1).goodbye());
    await(nodes.remove(1).close());
    patiently()
        .untilAsserted(
            () ->
                assertThat(downs)
                    .containsExactly(new NameDown("a", "of-the-dead", leaving, Reason.LEFT)));
    assertThat(await(names.get(0).register("of-the-dead")).isHeld()).isTrue();
  }
}
