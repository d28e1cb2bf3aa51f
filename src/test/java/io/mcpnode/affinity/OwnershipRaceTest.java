package io.mcpnode.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mcpnode.affinity.SessionAdmin.Placed;
import io.mcpnode.membership.Departure;
import io.mcpnode.replication.StateStore;
import io.mcpnode.state.Contents;
import io.mcpnode.state.Kind;
import io.mcpnode.wire.Failure;
import io.mcpnode.wire.NodeId;
import io.mcpnode.wire.Span;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes that both have a reason to take a record: one serves it afterwards, never two. */
class OwnershipRaceTest extends ThreeNodes {

  private final Map<NodeId, HeldStore> stores = new HashMap<>();

  @Override
  StateStore storeOf(NodeId node) {
    return stores.computeIfAbsent(node, id -> new HeldStore(store));
  }

  private int servedByAll() {
    return nodes.values().stream().mapToInt(AffinityComponent::load).sum();
  }

  @Test
  void ofTwoSurvivorsThatClaimAtOnceOnlyTheWinnerServes() throws Exception {
    String key = createOn(N1);
    // Each takes the other for a node that cannot take over, so both claim for themselves.
    members.get(N2).suspects.add(N3);
    members.get(N3).suspects.add(N2);
    stores.get(N2).holdsClaims = true;
    network.crash(N1);
    lose(N1, Departure.DIED);
    await().until(() -> stores.get(N2).held() > 0 && nodes.get(N3).load() == 1);
    stores.get(N2).release();
    members.values().forEach(member -> member.suspects.clear());
    assertThat(body(get(send(N2, key, false)))).isEqualTo("n3:1");
    assertThat(nodes.get(N2).load()).isZero();
    assertThat(placed(key).epoch()).isEqualTo(2);
  }

  @Test
  void aListReadBeforeARecordWasMovedDoesNotBringItBack() throws Exception {
    String key = createOn(N1);
    stores.get(N1).holdsReads = true;
    Future<Long> drain = nodes.get(N1).drain(Duration.ofSeconds(8));
    await().until(() -> stores.get(N1).held() == 1);
    stores.get(N1).holdsReads = false;
    get(nodes.get(N2).admin().migrate(key, "n2", List.of()));
    await().until(() -> nodes.get(N2).load() == 1);
    stores.get(N1).release();
    assertThat(get(drain)).isZero();
    assertThat(placed(key).owner()).isEqualTo("n2");
    assertThat(placed(key).epoch()).isEqualTo(2);
    assertThat(servedByAll()).isEqualTo(1);
  }

  @Test
  void ofTwoMovesThatBeganAtOnceTheSecondFollowsTheRecord() throws Exception {
    String key = createOn(N1);
    stores.get(N1).holdsReads = true;
    Future<Placed> toN3 = nodes.get(N2).admin().migrate(key, "n3", List.of());
    await().until(() -> stores.get(N1).held() == 1);
    stores.get(N1).holdsReads = false;
    get(nodes.get(N3).admin().migrate(key, "n2", List.of()));
    stores.get(N1).release();
    assertThat(get(toN3).owner()).isEqualTo("n3");
    assertThat(placed(key).epoch()).isEqualTo(3);
    await().until(() -> nodes.get(N3).load() == 1);
    assertThat(servedByAll()).isEqualTo(1);
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n3:1");
  }

  @Test
  void aMoveThatAnotherClaimOvertookTakesNothingFromItsOwner() throws Exception {
    String key = createOn(N1);
    stores.get(N1).holdsClaims = true;
    Future<Placed> toN3 = nodes.get(N1).admin().migrate(key, "n3", List.of());
    await().until(() -> stores.get(N1).held() == 1);
    // What a node does that takes the owner for dead.
    lose(N1, Departure.DIED);
    await().until(() -> nodes.get(N2).load() + nodes.get(N3).load() == 1);
    String owner = placed(key).owner();
    stores.get(N1).release();
    assertThat(failure(toN3)).isIn(Failure.NODE_DOWN, Failure.NOT_OWNER, Failure.INDETERMINATE);
    assertThat(placed(key).owner()).isEqualTo(owner);
    assertThat(placed(key).epoch()).isEqualTo(2);
    assertThat(servedByAll()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMoveWhoseTargetGoesMeanwhileFailsAndTheOwnerStays(boolean onlySuspected) throws Exception {
    String key = createOn(N1);
    pause = Promise.promise();
    Future<Answer> inside = send(N1, key, false);
    await().until(() -> !executions.isEmpty());
    Future<Placed> toN2 = nodes.get(N1).admin().migrate(key, "n2", List.of());
    await().until(() -> spans.begun.stream().anyMatch(span -> span.hop == Span.Hop.MIGRATE));
    if (onlySuspected) {
      members.get(N1).suspects.add(N2);
    } else {
      lose(N2, Departure.UNREACHABLE);
    }
    pause.complete();
    assertThat(body(get(inside))).isEqualTo("n1:1");
    assertThat(failure(toN2)).isEqualTo(Failure.NODE_DOWN);
    assertThat(placed(key).owner()).isEqualTo("n1");
    assertThat(placed(key).epoch()).isEqualTo(1);
    assertThat(body(get(send(N3, key, false)))).isEqualTo("n1:2");
  }

  private Future<Hosted> createSlowly(String key) {
    stores.get(N1).holdsCreations = true;
    Future<Hosted> created =
        nodes.get(N1).affinity().create(key, Kind.SESSION, "anonymous", Contents.ofHandle());
    await().until(() -> stores.get(N1).held() == 1);
    return created;
  }

  @Test
  void aRecordThatADrainMovedBeforeItsCreatorHeardOfItStaysMoved() throws Exception {
    String key = nodes.get(N1).affinity().newKey(Kind.SESSION);
    Future<Hosted> created = createSlowly(key);
    assertThat(get(nodes.get(N1).drain(Duration.ofSeconds(8)))).isZero();
    assertThat(placed(key).epoch()).isEqualTo(2);
    stores.get(N1).release();
    assertThat(get(created).record().key()).isEqualTo(key);
    assertThat(nodes.get(N1).load()).isZero();
    assertThat(servedByAll()).isEqualTo(1);
    assertThat(body(get(send(N1, key, false)))).isEqualTo(placed(key).owner() + ":1");
  }

  @Test
  void aRecordThatIsServedBeforeItsCreatorHeardOfItIsTheOneThatIsCreated() throws Exception {
    String key = nodes.get(N1).affinity().newKey(Kind.SESSION);
    Future<Hosted> created = createSlowly(key);
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n1:1");
    stores.get(N1).release();
    assertThat(get(created).record().contents().values()).containsEntry("n", "1");
    assertThat(body(get(send(N1, key, false)))).isEqualTo("n1:2");
  }
}
