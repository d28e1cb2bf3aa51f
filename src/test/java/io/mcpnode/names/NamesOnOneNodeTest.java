package io.mcpnode.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.membership.Departure;
import io.mcpnode.names.ClusterNames.Hold;
import io.mcpnode.names.ClusterNames.NameDown;
import io.mcpnode.names.ClusterNames.NodeChange;
import io.mcpnode.names.ClusterNames.Reason;
import io.mcpnode.partition.Departures;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.Stored;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.BusRpc;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.WireException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One node, while others that hold names come and go. */
class NamesOnOneNodeTest {

  private static final NodeId SELF = new NodeId("n1", 1);
  private static final NodeId OTHER = new NodeId("n2", 1);
  private static final int LIMIT = 3;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeGate gate = new FakeGate();
  private final FakeMembership membership = new FakeMembership(SELF, OTHER);
  private final DoubtfulStore store = new DoubtfulStore();
  private final List<NameDown> downs = new CopyOnWriteArrayList<>();
  private final List<NodeChange> changes = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private NamesComponent names;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    BusRpc rpc = new BusRpc(vertx, SELF, Clock.SYSTEM, 10, meters);
    rpc.start().await();
    names =
        new NamesComponent(
            vertx,
            rpc,
            store,
            membership,
            gate,
            Clock.SYSTEM,
            new SecureRandom(),
            meters,
            LIMIT,
            LIMIT);
    names.start().await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** As the other node would register it. */
  private void otherHolds(String name) {
    Stored stored = Stored.created(Kind.NAME, OTHER, 77, "", 0, List.of(), Contents.ofHandle());
    store.apply(name, new Mutation.Recreate(stored)).await();
  }

  private static Failure failure(Future<?> future) {
    await().until(future::isComplete);
    return WireException.from(future.cause()).failure();
  }

  private boolean isFree(String name) {
    return names.whereis(name).await() == null;
  }

  @Test
  void aNameIsHeldUntilItIsReleased() {
    Hold hold = names.register("leader").await();
    assertThat(hold.isHeld()).isTrue();
    assertThat(names.whereis("leader").await().node()).isEqualTo(SELF);
    assertThat(failure(names.register("leader"))).isEqualTo(Failure.NOT_OWNER);
    assertThat(meters.get("mcp.names").gauge().value()).isEqualTo(1);
    hold.release().await();
    assertThat(hold.isHeld()).isFalse();
    assertThat(hold.ended().await()).isEqualTo(Reason.RELEASED);
    assertThat(isFree("leader")).isTrue();
    assertThat(names.register("leader").await().isHeld()).isTrue();
    hold.release().await();
    assertThat(isFree("leader")).isFalse();
  }

  @Test
  void aNameThatAnotherHoldsIsRefusedWithItsHolder() {
    otherHolds("leader");
    Future<Hold> refused = names.register("leader");
    assertThat(failure(refused)).isEqualTo(Failure.NOT_OWNER);
    assertThat(((WireException) refused.cause()).owner()).isEqualTo(OTHER);
  }

  @ParameterizedTest
  @EnumSource(
      value = Departure.class,
      names = {"LEFT", "DIED"})
  void aNameIsFreeAtOnceWhenItsHolderLeftOrDied(Departure how) {
    otherHolds("leader");
    names.monitor("leader", "mine", downs::add).await();
    membership.lose(OTHER, how);
    await()
        .untilAsserted(
            () ->
                assertThat(downs)
                    .containsExactly(
                        new NameDown("mine", "leader", OTHER, Reason.valueOf(how.name()))));
    Hold hold = names.register("leader").await();
    assertThat(hold.isHeld()).isTrue();
    assertThat(hold.term()).isEqualTo(2);
  }

  @Test
  void theNameOfAnUnreachableNodeIsFreeOnlyWhenItsLeaseIsSurelyOver() {
    otherHolds("leader");
    names.monitor("leader", "mine", downs::add).await();
    long lost = Clock.SYSTEM.nanos();
    membership.lose(OTHER, Departure.UNREACHABLE);
    assertThat(isFree("leader")).isFalse();
    assertThat(failure(names.register("leader"))).isEqualTo(Failure.NOT_OWNER);
    await().atMost(Duration.ofSeconds(10)).until(() -> !downs.isEmpty());
    assertThat(Clock.SYSTEM.nanos() - lost).isGreaterThanOrEqualTo(Departures.WAIT_NANOS);
    assertThat(downs).containsExactly(new NameDown("mine", "leader", OTHER, Reason.UNREACHABLE));
    assertThat(names.register("leader").await().isHeld()).isTrue();
  }

  @Test
  void anUnreachableNodeThatIsProvenDeadIsWaitedForNoLonger() {
    otherHolds("leader");
    names.monitor("leader", "mine", downs::add).await();
    membership.lose(OTHER, Departure.UNREACHABLE);
    membership.proveDead(OTHER);
    await().atMost(Duration.ofSeconds(2)).until(() -> !downs.isEmpty());
    assertThat(downs).containsExactly(new NameDown("mine", "leader", OTHER, Reason.DIED));
    assertThat(isFree("leader")).isTrue();
  }

  @Test
  void anUnreachableNodeThatComesBackKeepsItsNames() {
    otherHolds("leader");
    names.monitor("leader", "mine", downs::add).await();
    membership.lose(OTHER, Departure.UNREACHABLE);
    membership.join(OTHER);
    await().pollDelay(3_600, TimeUnit.MILLISECONDS).until(() -> downs.isEmpty());
    assertThat(isFree("leader")).isFalse();
  }

  @Test
  void whatLostNodesHeldDoesNotStayInTheStore() {
    otherHolds("leader");
    membership.lose(OTHER, Departure.DIED);
    await().until(() -> store.get("leader").await() == null);
  }

  @Test
  void aReleaseThatWasNotHeardOfIsFoundByLooking() {
    otherHolds("leader");
    names.monitor("leader", "mine", downs::add).await();
    store.apply("leader", new Mutation.End(1, Long.MAX_VALUE, 78)).await();
    await().until(() -> !downs.isEmpty());
    assertThat(downs).containsExactly(new NameDown("mine", "leader", OTHER, Reason.RELEASED));
  }

  @Test
  void nobodyIsMonitoredAtOnceAndAMonitorTellsOnce() {
    names.monitor("nobody", "a", downs::add).await();
    await().until(() -> downs.size() == 1);
    assertThat(downs.get(0)).isEqualTo(new NameDown("a", "nobody", null, Reason.NOT_HELD));
    Hold hold = names.register("leader").await();
    names.monitor("leader", "b", downs::add).await();
    names.monitor("leader", "closed", downs::add).await().close();
    hold.release().await();
    await().until(() -> downs.size() == 2);
    assertThat(downs.get(1)).isEqualTo(new NameDown("b", "leader", SELF, Reason.RELEASED));
    names.register("leader").await().release().await();
    names.monitor("nobody", "last", downs::add).await();
    await().until(() -> downs.size() == 3);
    assertThat(downs.get(2).tag()).isEqualTo("last");
  }

  @Test
  void nodesAreMonitoredWithTheReasonOfTheirGoing() {
    ClusterNames.Monitor monitor = names.monitorNodes("watch", changes::add).await();
    NodeId third = new NodeId("n3", 1);
    membership.join(third);
    membership.lose(OTHER, Departure.UNREACHABLE);
    membership.lose(third, Departure.LEFT);
    await().until(() -> changes.size() == 3);
    assertThat(changes)
        .containsExactly(
            new NodeChange("watch", third, null),
            new NodeChange("watch", OTHER, Departure.UNREACHABLE),
            new NodeChange("watch", third, Departure.LEFT));
    assertThat(changes.get(0).isUp()).isTrue();
    monitor.close();
    names.monitorNodes("later", changes::add).await();
    membership.join(new NodeId("n4", 1));
    await().until(() -> changes.size() == 4);
    assertThat(changes.get(3).tag()).isEqualTo("later");
  }

  @Test
  void aListenerThatFailsDisturbsNoOther() {
    Hold hold = names.register("leader").await();
    names
        .monitor(
            "leader",
            "broken",
            down -> {
              throw new IllegalStateException("broken");
            })
        .await();
    names.monitor("leader", "well", downs::add).await();
    hold.release().await();
    await().until(() -> downs.size() == 1);
  }

  @Test
  void withoutQuorumNothingIsHeldAndAfterwardsItIsAgain() {
    Hold hold = names.register("leader").await();
    gate.open = false;
    assertThat(hold.isHeld()).isFalse();
    await().pollDelay(600, TimeUnit.MILLISECONDS).until(() -> !hold.isHeld());
    gate.open = true;
    await().until(hold::isHeld);
    assertThat(hold.ended().isComplete()).isFalse();
  }

  @Test
  void aNameThatAnotherTookWhileThisNodeWasCutOffIsLost() {
    Hold hold = names.register("leader").await();
    gate.open = false;
    await().pollDelay(600, TimeUnit.MILLISECONDS).until(() -> !hold.isHeld());
    store.apply("leader", new Mutation.Claim(hold.term(), OTHER, List.of(), 99)).await();
    gate.open = true;
    await().until(() -> hold.ended().isComplete());
    assertThat(hold.ended().result()).isEqualTo(Reason.LOST);
    assertThat(hold.isHeld()).isFalse();
    hold.release().await();
    assertThat(names.whereis("leader").await().node()).isEqualTo(OTHER);
  }

  @Test
  void moreThanTheLimitIsRefusedAndCounted() {
    for (int i = 0; i < LIMIT; i++) {
      names.register("name-" + i).await();
      names.monitorNodes("tag-" + i, changes::add).await();
    }
    Future<Hold> oneMore = names.register("one-more");
    assertThat(failure(oneMore)).isEqualTo(Failure.OVERLOADED);
    assertThat(oneMore.cause()).hasMessage("names held by this node: 3 (the limit)");
    Future<ClusterNames.Monitor> monitor = names.monitor("name-1", "x", downs::add);
    assertThat(failure(monitor)).isEqualTo(Failure.OVERLOADED);
    assertThat(monitor.cause()).hasMessage("monitors on this node: 3 (the limit)");
    assertThat(meters.counter("mcp.refused", "limit", "names").count()).isEqualTo(2);
    names.held("name-0").release().await();
    assertThat(names.register("one-more").await().isHeld()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\u00e4", "tab\t"})
  void whatIsNoNameIsRefused(String name) {
    assertThat(failure(names.register(name))).isEqualTo(Failure.INVALID);
    assertThat(failure(names.register("x".repeat(129)))).isEqualTo(Failure.INVALID);
  }

  @Test
  void aNameThatIsTakenAgainWhileItsReleaseIsInDoubtStaysTaken() {
    Hold first = names.register("leader").await();
    store.holdsReads = true;
    store.losesEnds = true;
    assertThat(failure(first.release())).isEqualTo(Failure.INDETERMINATE);
    await().until(() -> store.held() > 0);
    store.losesEnds = false;
    store.holdsReads = false;
    Hold again = names.register("leader").await();
    store.release();
    assertThat(again.isHeld()).isTrue();
    assertThat(names.whereis("leader").await())
        .isEqualTo(new ClusterNames.Holder(SELF, again.term()));
  }
}
