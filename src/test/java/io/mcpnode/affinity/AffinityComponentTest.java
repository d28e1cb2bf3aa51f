package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.affinity.SessionAdmin.Placed;
import io.mcpnode.membership.Departure;
import io.mcpnode.replication.Mutation;
import io.mcpnode.replication.Stored;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.state.TaskInfo;
import io.mcpnode.state.TaskOrder;
import io.mcpnode.wire.Clock;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.FakeSpans;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span.Hop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Routing, failover, migration, drain and rebalancing of three nodes. */
class AffinityComponentTest extends ThreeNodes {

  @Test
  void anyNodeServesAnySessionAtItsOwner() throws Exception {
    String key = createOn(N2);
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n2:1");
    assertThat(body(get(send(N2, key, false)))).isEqualTo("n2:2");
    assertThat(body(get(send(N3, key, false)))).isEqualTo("n2:3");
  }

  @Test
  void anUnknownKeyIsNotFoundOnEveryNode() {
    assertThat(failure(send(N1, "Snone", true))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void anEndedSessionIsNotFoundOnEveryNode() throws Exception {
    String key = createOn(N2);
    get(send(N1, key, false));
    Hosted hosted = nodes.get(N2).affinity().enter(key);
    get(nodes.get(N2).affinity().end(hosted));
    for (NodeId node : List.of(N1, N2, N3)) {
      assertThat(failure(send(node, key, true))).isEqualTo(Failure.NOT_FOUND);
    }
  }

  @Test
  void theFormerOwnerForwardsAfterAMigration() throws Exception {
    String key = createOn(N1);
    get(send(N3, key, false));
    Placed moved = get(nodes.get(N3).admin().migrate(key, "n2", List.of("n3")));
    assertThat(moved.owner()).isEqualTo("n2");
    assertThat(moved.epoch()).isEqualTo(2);
    assertThat(moved.backups()).containsExactly("n3");
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n2:2");
    assertThat(body(get(send(N3, key, false)))).isEqualTo("n2:3");
  }

  @Test
  void aMigrationWaitsForCallsAndHoldsWhatComesMeanwhile() throws Exception {
    String key = createOn(N1);
    pause = Promise.promise();
    Future<Answer> running = send(N1, key, false);
    await().until(() -> !executions.isEmpty());
    Future<Placed> migration = nodes.get(N1).admin().migrate(key, "n2", List.of());
    await().until(() -> nodes.get(N1).affinity().enter(key) == null);
    Future<Answer> held = send(N1, key, false);
    Future<Answer> heldElsewhere = send(N3, key, false);
    assertThat(migration.isComplete()).isFalse();
    pause.complete();
    assertThat(body(get(running))).isEqualTo("n1:1");
    assertThat(get(migration).owner()).isEqualTo("n2");
    assertThat(List.of(body(get(held)), body(get(heldElsewhere))))
        .containsExactlyInAnyOrder("n2:2", "n2:3");
  }

  @Test
  void aSecondMoveIsRefusedAndDoesNotDisturbTheFirst() throws Exception {
    String key = createOn(N1);
    pause = Promise.promise();
    Future<Answer> running = send(N1, key, false);
    await().until(() -> !executions.isEmpty());
    Future<Placed> first = nodes.get(N1).admin().migrate(key, "n2", List.of());
    await().until(() -> nodes.get(N1).affinity().enter(key) == null);
    assertThat(failure(nodes.get(N1).admin().migrate(key, "n3", List.of())))
        .isEqualTo(Failure.OVERLOADED);
    Future<Answer> held = send(N1, key, false);
    assertThat(held.isComplete()).isFalse();
    pause.complete();
    get(running);
    assertThat(get(first).owner()).isEqualTo("n2");
    assertThat(body(get(held))).isEqualTo("n2:2");
  }

  @Test
  void aDrainLeavesARecordAloneWhileACallRunsInIt() throws Exception {
    String key = createOn(N1);
    pause = Promise.promise();
    Future<Answer> running = send(N1, key, false);
    await().until(() -> !executions.isEmpty());
    Future<Long> drain = nodes.get(N1).drain(Duration.ofSeconds(8));
    await().pollDelay(1_200, TimeUnit.MILLISECONDS).until(() -> !drain.isComplete());
    pause.complete();
    assertThat(body(get(running))).isEqualTo("n1:1");
    assertThat(get(drain)).isZero();
    assertThat(placed(key).owner()).isIn("n2", "n3");
  }

  @Test
  void movingToANodeThatIsNoneChangesNothing() throws Exception {
    String key = createOn(N1);
    Future<Placed> migration = nodes.get(N2).admin().migrate(key, "n9", List.of());
    assertThat(failure(migration)).isEqualTo(Failure.INVALID);
    assertThat(placed(key).owner()).isEqualTo("n1");
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n1:1");
  }

  @Test
  void theSurvivorsTakeOverWhatADeadNodeOwned() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(createOn(N2));
    }
    List<String> backups = keys.stream().map(this::firstBackup).toList();
    network.crash(N2);
    lose(N2, Departure.DIED);
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      await().until(() -> !placed(key).owner().equals("n2"));
      assertThat(placed(key).owner()).isEqualTo(backups.get(i));
      assertThat(placed(key).epoch()).isEqualTo(2);
      assertThat(body(get(send(N1, key, false)))).isEqualTo(backups.get(i) + ":1");
    }
  }

  private String firstBackup(String key) {
    try {
      return placed(key).backups().get(0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallThatMayNotBeRepeatedIsReportedAsUnknown() throws Exception {
    String key = createOn(N2);
    network.crash(N2);
    Future<Answer> answer = send(N1, key, false);
    await().until(() -> network.openAsks() == 1);
    lose(N2, Departure.DIED);
    assertThat(failure(answer)).isEqualTo(Failure.INDETERMINATE);
  }

  @Test
  void aCallThatMayBeRepeatedIsRepeatedOnceAtTheNewOwner() throws Exception {
    String key = createOn(N2);
    network.crash(N2);
    Future<Answer> answer = send(N1, key, true);
    await().until(() -> network.openAsks() == 1);
    lose(N2, Departure.DIED);
    assertThat(get(answer).body()).hasToString("1");
  }

  @Test
  void whatAnUnreachableNodeOwnsIsLeftAloneUntilItsLeaseHasRunOut() throws Exception {
    String key = createOn(N2);
    lose(N2, Departure.UNREACHABLE);
    Future<Placed> tooEarly = nodes.get(N1).admin().failover(key, "n2");
    assertThat(failure(tooEarly)).isEqualTo(Failure.NODE_DOWN);
    Future<Answer> patient = send(N1, key, false);
    await().atMost(8, TimeUnit.SECONDS).until(patient::isComplete);
    assertThat(patient.result().body()).hasToString("1");
    assertThat(placed(key).epoch()).isEqualTo(2);
  }

  @Test
  void failoverFromANodeThatLivesIsRefused() throws Exception {
    String key = createOn(N2);
    assertThat(failure(nodes.get(N1).admin().failover(key, "n2"))).isEqualTo(Failure.INVALID);
    assertThat(failure(nodes.get(N1).admin().failover(key, "n3"))).isEqualTo(Failure.INVALID);
  }

  @Test
  void aDrainedNodeOwnsNothingAndNewSessionsGoElsewhere() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      keys.add(createOn(N1));
    }
    assertThat(get(nodes.get(N1).drain(Duration.ofSeconds(5)))).isZero();
    for (String key : keys) {
      assertThat(placed(key).owner()).isIn("n2", "n3");
      assertThat(get(send(N1, key, false)).body()).hasToString("1");
    }
    assertThat(placed(createOn(N1)).owner()).isIn("n2", "n3");
    assertThat(get(nodes.get(N2).admin().undrain("n1")).state()).isEqualTo("serving");
    assertThat(placed(createOn(N1)).owner()).isEqualTo("n1");
  }

  @Test
  void aDrainThatFindsNoOtherNodeGoesOnWhenThereIsOne() throws Exception {
    createOn(N1, 5);
    members.get(N1).draining.addAll(List.of(N2, N3));
    assertThat(get(nodes.get(N1).drain(Duration.ofSeconds(5)))).isEqualTo(5);
    assertThat(get(nodes.get(N2).admin().drain("n1")).state()).isEqualTo("draining");
    members.get(N1).draining.remove(N3);
    await().untilAsserted(() -> assertThat(nodes.get(N3).load()).isEqualTo(5));
    assertThat(get(nodes.get(N2).admin().drain("n1")).state()).isEqualTo("drained");
  }

  @Test
  void aDrainWithNobodyToTakeAnythingFindsWhatTheNodeOwnsWithoutServingIt() throws Exception {
    createOn(N1, 3);
    AffinityComponent forgetful =
        SimNodes.node(
            vertx, network, store, members.get(N1), new SimpleMeterRegistry(), new FakeSpans());
    members.get(N1).draining.addAll(List.of(N2, N3));
    assertThat(get(forgetful.drain(Duration.ofSeconds(5)))).isEqualTo(3);
  }

  @Test
  void thousandsOfRecordsThatCannotBeMovedNowHoldUpNoDrain() throws Exception {
    createOn(N1, SimNodes.MAX_PER_NODE);
    List<Hosted> inside =
        store.list("n1", "", 10_000).result().keySet().stream()
            .map(key -> nodes.get(N1).affinity().enter(key))
            .toList();
    Future<Long> drain = nodes.get(N1).drain(Duration.ofSeconds(9));
    await().pollDelay(300, TimeUnit.MILLISECONDS).until(() -> !drain.isComplete());
    inside.forEach(Hosted::leave);
    assertThat(drain.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aCallInTheMiddleOfADrainSeesNothingOfIt() throws Exception {
    String key = createOn(N1);
    pause = Promise.promise();
    Future<Answer> running = send(N3, key, false);
    await().until(() -> !executions.isEmpty());
    Future<Long> drain = nodes.get(N1).drain(Duration.ofSeconds(5));
    assertThat(drain.isComplete()).isFalse();
    pause.complete();
    assertThat(body(get(running))).isEqualTo("n1:1");
    assertThat(get(drain)).isZero();
    assertThat(get(send(N1, key, false)).body()).hasToString("2");
  }

  private void awaitLoads(int first, int second, int third) {
    await()
        .atMost(15, TimeUnit.SECONDS)
        .untilAsserted(
            () ->
                assertThat(List.of(N1, N2, N3).stream().map(id -> nodes.get(id).load()))
                    .containsExactly(first, second, third));
  }

  @Test
  void aDrainMovesNoFasterThanItsRate() throws Exception {
    createOn(N1, 400);
    long begun = Clock.SYSTEM.nanos();
    Future<Long> drain = nodes.get(N1).drain(Duration.ofSeconds(30));
    SessionAdmin.Drain underWay = get(nodes.get(N2).admin().drain("n1"));
    assertThat(underWay.state()).isEqualTo("draining");
    assertThat(underWay.moved() + underWay.remaining()).isEqualTo(400);
    assertThat(get(drain)).isZero();
    // 500 a second: the last of 400 may go after 798 ms.
    assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - begun))
        .isGreaterThan(Duration.ofMillis(750));
    assertThat(get(nodes.get(N2).admin().drain("n1")).state()).isEqualTo("drained");
  }

  @Test
  void rebalancingEvensOutWhateverNodeIsAsked() throws Exception {
    createOn(N1, 50);
    createOn(N2, 11);
    SessionAdmin.Rebalance begun = get(nodes.get(N3).admin().rebalance());
    assertThat(begun.state()).isEqualTo("moving");
    awaitLoads(21, 20, 20);
    await()
        .untilAsserted(
            () -> {
              SessionAdmin.Rebalance end = get(nodes.get(N3).admin().rebalancing());
              assertThat(end.state()).isEqualTo("still");
              assertThat(end.nodes()).contains(new SessionAdmin.Share("n1", "still", 21, 29, 0));
            });
    assertThat(get(nodes.get(N1).admin().rebalance()).state()).isEqualTo("still");
  }

  @Test
  void whileRecordsMoveRebalancingOnlyTellsHowItGoes() throws Exception {
    createOn(N1, 900);
    get(nodes.get(N2).admin().rebalance());
    SessionAdmin.Rebalance second = get(nodes.get(N3).admin().rebalance());
    assertThat(second.state()).isEqualTo("moving");
    assertThat(second.nodes().get(0).moved() + second.nodes().get(0).remaining())
        .isBetween(584L, 600L);
    awaitLoads(300, 300, 300);
  }

  @Test
  void aNodeThatDrainsTakesNoPartInRebalancing() throws Exception {
    createOn(N1, 30);
    draining.add(N3);
    get(nodes.get(N3).admin().rebalance());
    awaitLoads(15, 15, 0);
  }

  @Test
  void aRecordWithARunningCallStaysUntilTheCallHasEnded() throws Exception {
    String key = createOn(N1);
    createOn(N1);
    String other = createOn(N1);
    pause = Promise.promise();
    Future<Answer> running = send(N1, key, false);
    Future<Answer> alsoRunning = send(N1, other, false);
    await().until(() -> executions.size() == 2);
    get(nodes.get(N2).admin().rebalance());
    await().until(() -> nodes.get(N1).load() == 2);
    assertThat(running.isComplete()).isFalse();
    pause.complete();
    assertThat(body(get(running))).isEqualTo("n1:1");
    assertThat(body(get(alsoRunning))).isEqualTo("n1:1");
    awaitLoads(1, 1, 1);
    assertThat(get(send(N2, key, false)).body()).hasToString("2");
  }

  @Test
  void aDrainEndsTheGivingOfItsNode() throws Exception {
    createOn(N1, 600);
    get(nodes.get(N2).admin().rebalance());
    assertThat(get(nodes.get(N1).drain(Duration.ofSeconds(8)))).isZero();
    await()
        .untilAsserted(
            () -> assertThat(get(nodes.get(N2).admin().rebalancing()).state()).isEqualTo("still"));
    assertThat(nodes.get(N2).load() + nodes.get(N3).load()).isEqualTo(600);
  }

  @Test
  void aNodeThatJoinedGetsItsShareAMomentLater() throws Exception {
    createOn(N1, 60);
    createOn(N2, 60);
    members.values().forEach(member -> member.joined(N3));
    awaitLoads(40, 40, 40);
  }

  @Test
  void aNodeThatJoinedDuringADrainWaitsForItsEnd() throws Exception {
    createOn(N1, 60);
    draining.add(N2);
    members.values().forEach(member -> member.joined(N3));
    await().pollDelay(3_500, TimeUnit.MILLISECONDS).until(() -> nodes.get(N1).load() == 60);
    draining.remove(N2);
    awaitLoads(20, 20, 20);
  }

  @Test
  void aSmallDifferenceIsNotWorthAMove() throws Exception {
    createOn(N1, 12);
    members.values().forEach(member -> member.joined(N3));
    await().pollDelay(3_500, TimeUnit.MILLISECONDS).until(() -> nodes.get(N1).load() == 12);
  }

  @Test
  void recordsAreListedPageByPageAndWhatIsNoCursorIsRefused() throws Exception {
    createOn(N1, 5);
    SessionAdmin admin = nodes.get(N3).admin();
    SessionAdmin.Page first = get(admin.list(null, null, 3));
    assertThat(get(admin.list(null, first.cursor(), 3)).sessions())
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.sessions());
    Future<SessionAdmin.Page> wrong = admin.list(null, "zzz", 3);
    assertThat(failure(wrong)).isEqualTo(Failure.INVALID);
    assertThat(wrong.cause())
        .hasMessage("cursor: \"zzz\" (expected: the cursor of the page before)");
  }

  @Test
  void tooManySessionsAreRefusedWithTheLimit() throws Exception {
    for (int i = 0; i < SimNodes.MAX_PER_NODE; i++) {
      createOn(N1);
    }
    Future<Hosted> oneMore =
        nodes.get(N1).affinity().create(Kind.SESSION, "anonymous", Contents.ofHandle());
    assertThat(failure(oneMore)).isEqualTo(Failure.OVERLOADED);
    assertThat(oneMore.cause()).hasMessageContaining("sessions.maxPerNode");
  }

  @Test
  void aForwardedRequestIsOneTraceOverBothNodes() throws Exception {
    String key = createOn(N2);
    get(send(N1, key, false));
    FakeSpans.FakeSpan route = spans.only(Hop.ROUTE);
    FakeSpans.FakeSpan forward = spans.only(Hop.FORWARD);
    assertThat(route.parent).isEqualTo(spans.only(Hop.EDGE).traceparent);
    assertThat(forward.parent).isEqualTo(route.traceparent);
    assertThat(forward.said).containsEntry("mcpnode.peer", "n2").containsEntry("mcpnode.epoch", 1L);
    assertThat(spans.only(Hop.SERVE).parent).isEqualTo(forward.traceparent);
    assertThat(List.of(route, forward, spans.only(Hop.SERVE)))
        .allMatch(span -> span.ended == 1 && span.error == null);
  }

  @Test
  void aFailoverIsPartOfTheTraceOfTheRequestThatMetIt() throws Exception {
    String key = createOn(N2);
    pause = Promise.promise();
    Future<Answer> answer = send(N1, key, true);
    await().until(() -> executions.equals(List.of("n2")));
    pause = null;
    network.crash(N2);
    lose(N2, Departure.DIED);
    assertThat(get(answer).node()).isNotEqualTo("n2");
    List<FakeSpans.FakeSpan> tries =
        spans.begun.stream().filter(span -> span.hop == Hop.FORWARD).toList();
    assertThat(tries.get(0).error).isEqualTo("indeterminate");
    assertThat(spans.only(Hop.ROUTE).ended).isEqualTo(1);
    assertThat(spans.only(Hop.ROUTE).error).isNull();
    assertThat(spans.begun.stream().filter(span -> span.hop == Hop.FAILOVER))
        .as("of the request, or of the survivors that were faster")
        .isNotEmpty()
        .allMatch(span -> "n2".equals(span.said.get("mcpnode.from")));
  }

  @Test
  void theEndOfWhatHasExpiredIsNoFailover() throws Exception {
    TaskOrder order = new TaskOrder("t", "{}", "2025-11-25", "{}", null, null, 1_000, null);
    Contents task = Contents.ofTask(TaskInfo.created(order, "n2#1", 0));
    Stored stored = Stored.created(Kind.TASK, N2, 1, "anonymous", 0, List.of("n1"), task);
    get(store.apply("Texpired", new Mutation.Create(stored)));
    lose(N3, Departure.DIED);
    await().until(() -> get(store.get("Texpired")) == null);
    assertThat(spans.begun).isEmpty();
  }

  @Test
  void aMigrationIsATraceOfItsOwn() throws Exception {
    String key = createOn(N1);
    get(nodes.get(N3).admin().migrate(key, "n2", List.of()));
    FakeSpans.FakeSpan migrate = spans.only(Hop.MIGRATE);
    assertThat(migrate.parent).isNull();
    assertThat(migrate.said)
        .containsEntry("mcpnode.key", key)
        .containsEntry("mcpnode.from", "n1")
        .containsEntry("mcpnode.to", "n2");
    assertThat(migrate.ended).isEqualTo(1);
  }
}
